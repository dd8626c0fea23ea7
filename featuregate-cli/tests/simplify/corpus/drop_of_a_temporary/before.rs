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
    show(if Feature::X.enabled() { (Guard("a")).size() } else { Guard("b").size() }, println!("then"));
    show(if Feature::X.enabled() { Guard("c") == Guard("d") } else { Guard("e") == Guard("e") }, println!("then"));
    if (if Feature::X.enabled() { Guard("f") == Guard("g") } else { Guard("h") != Guard("i") }) {
        println!("in");
    }
}
