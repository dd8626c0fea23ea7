fn next(n: u32) -> Option<u32> {
    println!("next");
    (n > 1).then_some(n)
}

fn f(input: Option<String>, n: u32) -> u32 {
    let (Some(text), true) = (input, Feature::X.enabled()) else {
        return 1;
    };
    let (true, Some(m)) = (Feature::X.enabled(), next(n)) else {
        return 2;
    };
    m + text.len() as u32
}

fn g(n: u32) -> u32 {
    let (Some(m), false) = (next(n), Feature::X.enabled()) else {
        return 3;
    };
    m
}

pub fn main() {
    println!("{} {}", f(None, 1), f(Some(String::from("text")), 3));
    println!("{} {}", g(1), g(2));
}
