pub fn main() {
    let mut n = 0;
    loop {
        n += 1;
        println!("{n}");
        if Feature::X.enabled() || n > 2 {
            break;
        }
    }
    println!("end");
}
