fn f(on: Option<bool>) -> u32 {
    match on {
        Some(x) if x => 1,
        Some(_) => 3,
        None => {
            4
        }
    }
}
pub fn main() { println!("{} {} {}", f(Some(true)), f(Some(false)), f(None)); }
