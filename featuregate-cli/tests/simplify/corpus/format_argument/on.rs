pub fn main() {
    println!("{} {:?} {value}", true, false, value = 1 < 2);
    let text = format!("{}", "on");
    println!("{text}");
}
