pub fn main() {
    while false {
        println!("never");
    }
    let always = true || false;
    println!("{always}");
}
