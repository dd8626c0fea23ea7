trait T { fn n(&self) -> u32; }
struct A; struct B;
impl T for A { fn n(&self) -> u32 { 1 } }
impl T for B { fn n(&self) -> u32 { 2 } }
fn f() -> Box<dyn T> { if Feature::X.enabled() { Box::new(A) } else { Box::new(B) } }
pub fn main() {
    let t: Box<dyn T> = if Feature::X.enabled() { Box::new(A) } else { Box::new(B) };
    let c: Box<dyn Fn() -> bool> = Box::new(|| Feature::X.enabled());
    let r: &dyn T = if Feature::X.enabled() { &A } else { &B };
    println!("{} {} {} {}", f().n(), t.n(), c(), r.n());
}
