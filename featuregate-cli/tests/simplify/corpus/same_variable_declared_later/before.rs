struct Loud(&'static str);

impl Drop for Loud {
    fn drop(&mut self) {
        println!("dropped {}", self.0);
    }
}

fn f(a: Loud) {
    let b = Loud("b");
    let a = if Feature::X.enabled() { a } else { Loud("c") };
    println!("{} {}", a.0, b.0);
}

fn g(guard: Loud) {
    let guard: Option<Loud> = Feature::X.enabled().then_some(guard);
    println!("{}", guard.is_some());
}

fn h(n: u32) -> u32 {
    let n = if Feature::X.enabled() { n } else { 3 };
    n + 1
}

pub fn main() {
    f(Loud("a"));
    g(Loud("d"));
    println!("{}", h(1));
}
