pub fn main() {
    if true {
        println!("on");
    }
    while false {
        println!("never");
    }
    let always = true || false;
    println!("{always}");
}
