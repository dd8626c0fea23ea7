struct Guard(&'static str);

impl Drop for Guard {
    fn drop(&mut self) {
        println!("dropped {}", self.0);
    }
}

pub fn main() {
    let guard = Guard("first");
    let kept: Option<Guard> = { drop(guard); None };
    println!("after first");
    drop(kept);
    let guard = Guard("second");
    println!("{}", { drop(guard); false });
    println!("after second");
    let guard = Guard("third");
    drop(guard);
    println!("after third");
}
