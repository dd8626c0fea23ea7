use std::sync::Mutex;
pub fn main() {
    let m = Mutex::new(1);
    if *m.lock().unwrap() == 1 {
        println!("{}", m.lock().unwrap());
    }
    let v = *m.lock().unwrap();
    *m.lock().unwrap() += v;
    println!("{}", m.lock().unwrap());
}
