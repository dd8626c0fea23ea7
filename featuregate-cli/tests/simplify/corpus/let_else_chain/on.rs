fn f(o: Option<u32>) -> u32 {
    let Some(x) = o.filter(|_| true) else {
        return 0;
    };
    x
}
pub fn main() { println!("{} {}", f(Some(3)), f(None)); }
