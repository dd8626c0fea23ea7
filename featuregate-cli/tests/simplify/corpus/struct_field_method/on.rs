struct S { on: bool, n: u32 }
impl S {
    fn new(n: u32) -> Self {
        Self { on: true, n: n }
    }
    fn go(&self) -> u32 { if self.on { self.n } else { 9 } }
}
pub fn main() { println!("{}", S::new(3).go()); }
