pub fn main() {
    let on = Feature::X.enabled();
    let off = !on;
    let any = on || off;
    println!("{}", any);
    if off {
        println!("off");
    }
}
