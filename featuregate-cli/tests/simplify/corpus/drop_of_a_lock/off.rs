use std::sync::Mutex;

fn is_free(lock: &Mutex<Vec<u32>>) -> bool {
    lock.try_lock().is_ok()
}

pub fn main() {
    let lock = Mutex::new(vec![1, 2]);
    for n in { let value = vec![lock.lock().unwrap()[0]]; value } {
        println!("{n} {}", is_free(&lock));
    }
    let both = (0usize, is_free(&lock));
    println!("{both:?}");
    println!("{}", usize::max({ let value = lock.lock().unwrap().len(); value }, usize::from(is_free(&lock))));
}
