fn f(o: Option<u32>, p: Option<u32>) -> u32 {
    if let Some(x) = o {
        x
    } else if let Some(y) = p {
        // p
        y
    } else {
        2
    }
}
pub fn main() { println!("{} {} {}", f(Some(5), None), f(None, Some(6)), f(None, None)); }
