pub fn main() {
    let n = 3;
    if n > 5 {
        println!("one");
    } else {
        println!("none");
    }
}
