pub fn main() {
    let all = [2, 3];
    println!("{all:?}");
}
