struct Guard(&'static str);

impl Drop for Guard {
    fn drop(&mut self) {
        println!("dropped {}", self.0);
    }
}

impl Guard {
    fn size(&self) -> usize {
        self.0.len()
    }
}

impl PartialEq for Guard {
    fn eq(&self, other: &Guard) -> bool {
        self.0 == other.0
    }
}

fn show(what: impl std::fmt::Debug, then: ()) {
    println!("{what:?} {then:?}");
}

pub fn main() {
    show({ let value = (Guard("a")).size(); value }, println!("then"));
    show({ let value = Guard("c") == Guard("d"); value }, println!("then"));
    if Guard("f") == Guard("g") {
        println!("in");
    }
}
