pub fn main() {
    let x = 2u64;
    println!("{}", std::mem::size_of_val(&x));
    let y = 2f32;
    println!("{}", std::mem::size_of_val(&y));
}
