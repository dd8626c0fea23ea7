pub fn main() {
    for n in 0..3 {
        if Feature::X.enabled() {
            continue;
        }
        println!("{n}");
    }
    println!("end");
}
