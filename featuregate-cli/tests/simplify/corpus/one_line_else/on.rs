pub fn main() {
    let n = 3; println!("on {n}"); println!("end");
}
