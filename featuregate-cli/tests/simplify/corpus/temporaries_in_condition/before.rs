use std::sync::Mutex;
pub fn main() {
    let m = Mutex::new(1);
    if Feature::X.enabled() && *m.lock().unwrap() == 1 {
        println!("{}", m.lock().unwrap());
    }
    let v = if Feature::X.enabled() { *m.lock().unwrap() } else { 0 };
    *m.lock().unwrap() += v;
    println!("{}", m.lock().unwrap());
}
