pub fn main() {
    for n in 0..3 {
        println!("{n}");
        if Feature::X.enabled() {
            break;
        }
        println!("more");
    }
    println!("end");
}
