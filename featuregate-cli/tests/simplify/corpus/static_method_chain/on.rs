struct B { v: Vec<&'static str> }
impl B {
    fn new() -> Self { B { v: vec![] } }
    fn add(mut self, s: &'static str) -> Self { self.v.push(s); self }
    fn when(self, c: bool, s: &'static str) -> Self { if c { self.add(s) } else { self } }
}
pub fn main() {
    let b = B::new()
        .add("a")
        // only with the gate
        .when(true, "b")
        .when(false, "c");
    println!("{:?}", b.v);
}
