use std::sync::Mutex;

fn is_free(lock: &Mutex<Vec<u32>>) -> bool {
    lock.try_lock().is_ok()
}

pub fn main() {
    let lock = Mutex::new(vec![1, 2]);
    for n in if Feature::X.enabled() { lock.lock().unwrap().clone() } else { vec![lock.lock().unwrap()[0]] } {
        println!("{n} {}", is_free(&lock));
    }
    if let Some(Some(n)) = Feature::X.enabled().then(|| lock.lock().unwrap().pop()) {
        println!("{n} {}", is_free(&lock));
    }
    let both = (if Feature::X.enabled() { lock.lock().unwrap().len() } else { 0 }, is_free(&lock));
    println!("{both:?}");
    println!("{}", usize::max(if Feature::X.enabled() { 3 } else { lock.lock().unwrap().len() }, usize::from(is_free(&lock))));
}
