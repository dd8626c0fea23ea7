pub fn main() {
    let n = 3;
    if n > 2 {
        println!("off");
    } else {
        println!("small");
    }
}
