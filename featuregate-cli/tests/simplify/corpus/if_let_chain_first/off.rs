pub fn main() {
    for name in [Some("a"), None] {
    }
}
