pub fn main() {
    let name: &String = &String::from("on");
    println!("{name}");
}
