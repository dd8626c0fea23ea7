pub fn main() {
    let cell = std::cell::RefCell::new(1);
    let sum = { let value = *cell.borrow_mut(); value } + *cell.borrow_mut();
    println!("{sum}");
}
