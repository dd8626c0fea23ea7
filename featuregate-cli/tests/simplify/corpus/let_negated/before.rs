pub fn main() {
    let off = !Feature::X.enabled();
    if !off {
        println!("on");
    }
}
