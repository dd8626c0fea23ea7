use std::sync::Mutex;
pub fn main() {
    let m = Mutex::new(1);
    let v = 0;
    *m.lock().unwrap() += v;
    println!("{}", m.lock().unwrap());
}
