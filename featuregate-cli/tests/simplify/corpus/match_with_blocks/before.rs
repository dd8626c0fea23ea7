pub fn main() {
    match Feature::X.enabled() {
        true => {
            println!("on");
            println!("still on");
        }
        false => {
            println!("off");
        }
    }
    println!("end");
}
