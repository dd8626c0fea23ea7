pub fn main() {
    for n in 0..3 {
        println!("{n}");
        break;
    }
    println!("end");
}
