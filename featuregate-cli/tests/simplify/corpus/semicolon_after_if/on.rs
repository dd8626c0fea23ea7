fn size() -> u32 {
    println!("asked");
    1
}

pub fn main() {
    size();
    println!("end");
}
