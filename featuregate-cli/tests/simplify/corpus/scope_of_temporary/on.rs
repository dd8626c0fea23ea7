pub fn main() {
    let cell = std::cell::RefCell::new(1);
    let sum = { *cell.borrow_mut() } + *cell.borrow_mut();
    println!("{sum}");
}
