pub fn main() {
    let n = 2;
    if Feature::X.enabled() {
        match n {
            2 => println!("two"),
            _ => println!("other"),
        }
    }
    let size = if Feature::X.enabled() { match n { 2 => 20, _ => 0 } } else { n };
    println!("{size}");
}
