pub fn main() {
    let name = "a";
}
