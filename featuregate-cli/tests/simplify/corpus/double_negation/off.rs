pub fn main() {
}
