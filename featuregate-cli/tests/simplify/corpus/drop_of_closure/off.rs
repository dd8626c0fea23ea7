struct Guard(&'static str);

impl Drop for Guard {
    fn drop(&mut self) {
        println!("dropped {}", self.0);
    }
}

fn keep(guard: Guard) -> &'static str {
    println!("kept {}", guard.0);
    guard.0
}

fn one(guard: Guard) -> Option<&'static str> {
    let name: Option<&str> = { drop(guard); None };
    println!("one");
    name
}

fn two(guard: Guard) {
    drop(guard);
    println!("not two");
    println!("two ends");
}

fn three(guard: Guard) -> &'static str {
    let name = { drop(guard); "none" };
    println!("three");
    name
}

fn copies(n: u32, name: &str, text: String) -> Option<(u32, usize)> {
    let twice: Option<u32> = None;
    let size: Option<usize> = None;
    let all: Option<String> = None;
    println!("{twice:?} {all:?}");
    Some((n, size?))
}

pub fn main() {
    println!("{:?}", one(Guard("a")));
    two(Guard("b"));
    println!("{}", three(Guard("c")));
    println!("{:?}", copies(1, "name", String::from("text")));
}
