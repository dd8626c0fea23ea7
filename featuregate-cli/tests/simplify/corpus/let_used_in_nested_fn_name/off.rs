fn f() -> u32 {
    fn on_() -> u32 { 1 }
    struct P { on: bool }
    let p = P { on: false };
    if p.on { on_() } else { 0 }
}
pub fn main() { println!("{}", f()); }
