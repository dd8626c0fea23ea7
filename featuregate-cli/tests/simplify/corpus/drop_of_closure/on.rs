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
    let name: Option<&str> = Some(keep(guard));
    println!("one");
    name
}

fn two(guard: Guard) {
    {
        let name = keep(guard);
        println!("two {name}");
    }
    println!("two ends");
}

fn three(guard: Guard) -> &'static str {
    let name = keep(guard);
    println!("three");
    name
}

fn copies(n: u32, name: &str, text: String) -> Option<(u32, usize)> {
    let twice: Option<u32> = Some(n);
    let size: Option<usize> = Some(str::len(name));
    let all: Option<String> = Some(text);
    println!("{twice:?} {all:?}");
    Some((n, size?))
}

pub fn main() {
    println!("{:?}", one(Guard("a")));
    two(Guard("b"));
    println!("{}", three(Guard("c")));
    println!("{:?}", copies(1, "name", String::from("text")));
}
