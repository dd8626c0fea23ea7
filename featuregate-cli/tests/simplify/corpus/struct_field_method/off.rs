struct S { on: bool, n: u32 }
impl S {
    fn new(n: u32) -> Self {
        Self { on: false, n: 0 }
    }
    fn go(&self) -> u32 { 9 }
}
pub fn main() { println!("{}", S::new(3).go()); }
