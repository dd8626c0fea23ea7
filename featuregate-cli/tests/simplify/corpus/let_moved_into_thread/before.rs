pub fn main() {
    let on = Feature::X.enabled();
    let size = std::thread::spawn(move || if on { 1 } else { 2 }).join().unwrap();
    println!("{size}");
}
