use std::sync::Mutex;

fn is_free(lock: &Mutex<Vec<u32>>) -> bool {
    lock.try_lock().is_ok()
}

pub fn main() {
    let lock = Mutex::new(vec![1, 2]);
    for n in { let value = lock.lock().unwrap().clone(); value } {
        println!("{n} {}", is_free(&lock));
    }
    if let Some(Some(n)) = Some({ let value = lock.lock().unwrap().pop(); value }) {
        println!("{n} {}", is_free(&lock));
    }
    let both = ({ let value = lock.lock().unwrap().len(); value }, is_free(&lock));
    println!("{both:?}");
    println!("{}", usize::max(3, usize::from(is_free(&lock))));
}
