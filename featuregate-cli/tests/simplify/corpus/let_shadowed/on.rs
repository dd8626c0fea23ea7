pub fn main() {
    println!("first");
    let on = 1 > 2;
    if on {
        println!("never");
    } else {
        println!("second");
    }
}
