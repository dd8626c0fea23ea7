pub fn main() {
    let n = 3; if Feature::X.enabled() { println!("on {n}") } else { println!("off {n}") } println!("end");
}
