pub fn main() {
    let names = ["a", "b"];
    if let Some(name) = names.first() {
        println!("{name}");
    }
}
