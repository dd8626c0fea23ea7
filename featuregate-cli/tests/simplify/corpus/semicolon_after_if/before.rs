fn size() -> u32 {
    println!("asked");
    1
}

pub fn main() {
    if Feature::X.enabled() {
        size()
    } else {
        0
    };
    println!("end");
}
