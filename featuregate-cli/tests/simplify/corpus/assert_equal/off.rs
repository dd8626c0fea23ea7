pub fn main() {
    panic!("on");
}
