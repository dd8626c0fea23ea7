pub fn main() {
    let x = if Feature::X.enabled() { 1 } else { 2u64 };
    println!("{}", std::mem::size_of_val(&x));
    let y = match Feature::X.enabled() { true => 1.5, false => 2f32 };
    println!("{}", std::mem::size_of_val(&y));
}
