pub fn main() {
    let n = 3;
    if n > 2 {
        println!("both");
    }
    if n > 9 {
        println!("never");
    } else {
        println!("not both");
    }
}
