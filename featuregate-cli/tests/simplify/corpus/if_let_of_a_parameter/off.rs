struct Loud(&'static str);

impl Drop for Loud {
    fn drop(&mut self) {
        println!("dropped {}", self.0);
    }
}

fn f(input: Option<Loud>) {
    drop(input);
    println!("none");
    println!("end");
}

struct Plain {
    name: String,
}

fn g(input: Option<Plain>, all: &mut Vec<Plain>, more: Plain) {
    println!("{}", all.len());
}

pub fn main() {
    f(Some(Loud("a")));
    let plain = |name: &str| Plain { name: name.to_owned() };
    g(Some(plain("b")), &mut Vec::new(), plain("c"));
}
