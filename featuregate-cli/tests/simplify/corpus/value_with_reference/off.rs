pub fn main() {
    let name: &String = &String::from("off");
    println!("{name}");
}
