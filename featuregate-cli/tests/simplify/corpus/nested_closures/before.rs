fn f(n: u32) -> u32 {
    let add = |a: u32| move |b: u32| if Feature::X.enabled() { a + b } else { a };
    add(n)(2)
}
pub fn main() { println!("{}", f(5)); }
