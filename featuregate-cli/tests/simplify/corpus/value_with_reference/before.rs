pub fn main() {
    let name: &String = if Feature::X.enabled() { &String::from("on") } else { &String::from("off") };
    println!("{name}");
}
