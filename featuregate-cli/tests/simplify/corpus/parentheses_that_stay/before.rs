pub fn main() {
    let (a, b, c) = (true, false, true);
    if (a || b) && Feature::X.enabled() && c {
        println!("yes");
    }
    println!("{}", !((a && b) || Feature::X.enabled()));
}
