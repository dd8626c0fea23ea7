pub fn main() {
    let n = 5;
    let size = unsafe { *(&raw const n) };
    println!("{size}");
}
