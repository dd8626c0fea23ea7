struct Loud(&'static str);

impl Drop for Loud {
    fn drop(&mut self) {
        println!("dropped {}", self.0);
    }
}

fn f(a: Loud) {
    let b = Loud("b");
    let a = a;
    println!("{} {}", a.0, b.0);
}

fn g(guard: Loud) {
    let guard: Option<Loud> = Some(guard);
    println!("{}", guard.is_some());
}

fn h(n: u32) -> u32 {
    n + 1
}

pub fn main() {
    f(Loud("a"));
    g(Loud("d"));
    println!("{}", h(1));
}
