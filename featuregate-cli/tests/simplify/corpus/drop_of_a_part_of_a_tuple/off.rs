struct Guard(&'static str);

impl Drop for Guard {
    fn drop(&mut self) {
        println!("dropped {}", self.0);
    }
}

pub fn main() {
    let guard = Guard("a");
    let (on, _) = (false, guard);
    println!("{on}");
    let guard = Guard("b");
    let on = false;
    let kept = guard;
    println!("{on} {}", kept.0);
}
