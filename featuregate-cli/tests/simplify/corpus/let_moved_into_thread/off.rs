pub fn main() {
    let size = std::thread::spawn(move || 2).join().unwrap();
    println!("{size}");
}
