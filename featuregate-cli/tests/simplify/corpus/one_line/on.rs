pub fn main() {
    let mut n = 0; n += 1; n += 2; println!("{n}");
}
