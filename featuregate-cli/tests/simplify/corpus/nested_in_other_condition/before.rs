pub fn main() {
    let n = 3;
    if n > 2 {
        if Feature::X.enabled() {
            println!("on");
        } else {
            println!("off");
        }
    } else {
        println!("small");
    }
}
