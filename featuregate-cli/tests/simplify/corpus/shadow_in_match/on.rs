fn f(on: Option<bool>) -> u32 {
    match on {
        Some(x) if x => 1,
        Some(_) => 2,
        None => {
            5
        }
    }
}
pub fn main() { println!("{} {} {}", f(Some(true)), f(Some(false)), f(None)); }
