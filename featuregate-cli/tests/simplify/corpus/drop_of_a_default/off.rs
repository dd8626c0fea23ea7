struct Guard(&'static str);

impl Drop for Guard {
    fn drop(&mut self) {
        println!("dropped {}", self.0);
    }
}

fn chosen(guard: Guard, other: Guard) -> Guard {
    let own = { drop(guard); other };
    println!("chosen {}", own.0);
    own
}

pub fn main() {
    let own = chosen(Guard("new"), Guard("old"));
    println!("main {}", own.0);
}
