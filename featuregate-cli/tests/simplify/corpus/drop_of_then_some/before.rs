struct Guard(&'static str);

impl Drop for Guard {
    fn drop(&mut self) {
        println!("dropped {}", self.0);
    }
}

pub fn main() {
    let guard = Guard("first");
    let kept: Option<Guard> = Feature::X.enabled().then_some(guard);
    println!("after first");
    drop(kept);
    let guard = Guard("second");
    println!("{}", Feature::X.enabled().then_some(guard).is_some());
    println!("after second");
    let guard = Guard("third");
    let _ = Feature::X.enabled().then_some(guard);
    println!("after third");
}
