fn size() -> u32 {
    println!("asked");
    1
}

pub fn main() {
    println!("end");
}
