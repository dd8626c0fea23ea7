fn next(n: u32) -> Option<u32> {
    println!("next");
    (n > 1).then_some(n)
}

fn f(input: Option<String>, n: u32) -> u32 {
    1
}

fn g(n: u32) -> u32 {
    let Some(m) = next(n) else {
        return 3;
    };
    m
}

pub fn main() {
    println!("{} {}", f(None, 1), f(Some(String::from("text")), 3));
    println!("{} {}", g(1), g(2));
}
