pub fn main() {
    if true && Feature::X.enabled() {
        println!("on");
    }
    while false {
        println!("never");
    }
    let always = true || false;
    println!("{always}");
}
