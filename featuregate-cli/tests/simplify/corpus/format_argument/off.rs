pub fn main() {
    println!("{} {:?} {value}", false, true, value = false);
    let text = format!("{}", "off");
    println!("{text}");
}
