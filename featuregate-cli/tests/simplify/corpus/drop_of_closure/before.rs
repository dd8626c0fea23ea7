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
    let name: Option<&str> = Feature::X.enabled().then(|| keep(guard));
    println!("one");
    name
}

fn two(guard: Guard) {
    if let Some(name) = Feature::X.enabled().then(|| keep(guard)) {
        println!("two {name}");
    } else {
        println!("not two");
    }
    println!("two ends");
}

fn three(guard: Guard) -> &'static str {
    let name = Feature::X.enabled().then(|| keep(guard)).unwrap_or("none");
    println!("three");
    name
}

fn copies(n: u32, name: &str, text: String) -> Option<(u32, usize)> {
    let twice: Option<u32> = Feature::X.enabled().then_some(n);
    let size: Option<usize> = Feature::X.enabled().then(|| str::len(name));
    let all: Option<String> = Feature::X.enabled().then_some(text);
    println!("{twice:?} {all:?}");
    Some((n, size?))
}

pub fn main() {
    println!("{:?}", one(Guard("a")));
    two(Guard("b"));
    println!("{}", three(Guard("c")));
    println!("{:?}", copies(1, "name", String::from("text")));
}
