pub fn main() {
    let size = false.then(|| 5);
    println!("{size:?}");
}
