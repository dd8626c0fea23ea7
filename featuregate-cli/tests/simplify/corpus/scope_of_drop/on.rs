struct Loud(&'static str);

impl Drop for Loud {
    fn drop(&mut self) {
        println!("drop {}", self.0);
    }
}

pub fn main() {
    let _first = Loud("first");
    {
        let _second = Loud("second");
        println!("inside");
    }
    println!("outside");
}
