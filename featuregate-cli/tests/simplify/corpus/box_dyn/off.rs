trait T { fn n(&self) -> u32; }
struct A; struct B;
impl T for A { fn n(&self) -> u32 { 1 } }
impl T for B { fn n(&self) -> u32 { 2 } }
fn f() -> Box<dyn T> { Box::new(B) }
pub fn main() {
    let t: Box<dyn T> = Box::new(B);
    let c: Box<dyn Fn() -> bool> = Box::new(|| false);
    let r: &dyn T = &B;
    println!("{} {} {} {}", f().n(), t.n(), c(), r.n());
}
