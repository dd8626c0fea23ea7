fn five() -> u32 {
    println!("asked");
    5
}

pub fn main() {
    let size: Option<u32> = None;
    println!("{size:?}");
}
