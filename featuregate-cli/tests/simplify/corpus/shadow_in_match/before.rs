fn f(on: Option<bool>) -> u32 {
    let x = Feature::X.enabled();
    match on {
        Some(x) if x => 1,
        Some(_) => if x { 2 } else { 3 },
        None => {
            let x = !x;
            if x { 4 } else { 5 }
        }
    }
}
pub fn main() { println!("{} {} {}", f(Some(true)), f(Some(false)), f(None)); }
