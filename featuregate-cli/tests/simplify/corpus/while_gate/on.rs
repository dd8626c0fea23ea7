pub fn main() {
    let mut n = 0;
    loop {
        n += 1;
        if n > 2 {
            break;
        }
    }
    println!("{n}");
}
