pub fn main() {
    let x = 1u64;
    println!("{}", std::mem::size_of_val(&x));
    let y = 1.5f32;
    println!("{}", std::mem::size_of_val(&y));
}
