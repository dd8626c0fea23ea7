fn f(n: u32) -> u32 {
    let add = |a: u32| move |b: u32| a + b;
    add(n)(2)
}
pub fn main() { println!("{}", f(5)); }
