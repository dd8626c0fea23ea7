pub fn main() {
    let all = [1, 3];
    println!("{all:?}");
}
