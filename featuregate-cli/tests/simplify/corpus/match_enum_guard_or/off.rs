enum E { A(u32), B { x: u32 }, C }
fn f(e: E) -> u32 {
    match e {
        E::A(_) => 1,
        E::B { .. } => 2,
        E::C => 4,
    }
}
pub fn main() { println!("{} {} {}", f(E::A(7)), f(E::B { x: 8 }), f(E::C)); }
