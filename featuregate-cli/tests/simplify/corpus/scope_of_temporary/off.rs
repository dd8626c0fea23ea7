pub fn main() {
    let cell = std::cell::RefCell::new(1);
    let sum = 0 + *cell.borrow_mut();
    println!("{sum}");
}
