pub fn main() {
    let size = std::thread::spawn(move || 1).join().unwrap();
    println!("{size}");
}
