fn f() -> u32 {
    let on = Feature::X.enabled();
    fn on_() -> u32 { 1 }
    struct P { on: bool }
    let p = P { on };
    if p.on { on_() } else { 0 }
}
pub fn main() { println!("{}", f()); }
