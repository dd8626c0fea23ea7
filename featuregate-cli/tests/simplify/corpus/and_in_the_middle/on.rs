pub fn main() {
    let n = 3;
    if n > 1 && n < 5 {
        println!("all");
    } else {
        println!("not all");
    }
}
