struct S { on: bool, n: u32 }
impl S {
    fn new(n: u32) -> Self {
        Self { on: Feature::X.enabled(), n: if Feature::X.enabled() { n } else { 0 } }
    }
    fn go(&self) -> u32 { if self.on && Feature::X.enabled() { self.n } else { 9 } }
}
pub fn main() { println!("{}", S::new(3).go()); }
