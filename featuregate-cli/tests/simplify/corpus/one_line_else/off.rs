pub fn main() {
    let n = 3; println!("off {n}"); println!("end");
}
