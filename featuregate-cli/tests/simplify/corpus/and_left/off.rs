pub fn main() {
    let n = 3;
}
