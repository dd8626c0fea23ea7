struct Guard(&'static str);

impl Drop for Guard {
    fn drop(&mut self) {
        println!("dropped {}", self.0);
    }
}

pub fn main() {
    let some = Some(Guard("a"));
    println!("{}", some.is_some_and(|guard| true));
    println!("end of a");
    let other = Some(Guard("c"));
    println!("{}", other.as_ref().is_some());
    println!("end of c");
    let mut all = Vec::new();
    let guard = Guard("d");
    println!("{}", all.len());
    all.push(guard);
    println!("end of d");
}
