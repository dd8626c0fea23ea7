pub fn main() {
    let n = 2;
    match n {
        2 => println!("two"),
        _ => println!("other"),
    }
    let size = match n { 2 => 20, _ => 0 };
    println!("{size}");
}
