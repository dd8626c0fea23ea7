struct Guard(&'static str);

impl Drop for Guard {
    fn drop(&mut self) {
        println!("dropped {}", self.0);
    }
}

pub fn main() {
    let some = Some(Guard("a"));
    println!("{}", some.is_some_and(|guard| Feature::X.enabled() || guard.0 == "b"));
    println!("end of a");
    let other = Some(Guard("c"));
    println!("{}", other.as_ref().is_some_and(|_| Feature::X.enabled()));
    println!("end of c");
    let mut all = Vec::new();
    let guard = Guard("d");
    if Feature::X.enabled() {
        println!("{}", all.len());
    }
    all.push(guard);
    println!("end of d");
}
