pub fn main() {
    let mut n = 0;
    loop {
        n += 2;
        if n > 4 {
            break;
        }
    }
    println!("{n}");
}
