pub fn main() {
    let cell = std::cell::RefCell::new(1);
    let sum = if Feature::X.enabled() { *cell.borrow_mut() } else { 0 } + *cell.borrow_mut();
    println!("{sum}");
}
