pub fn main() {
    let mut n = 1;
    let m = true
        .then(move || {
            n += 1;
            n
        })
        .unwrap_or(7);
    n += 10;
    println!("{n} {m}");
}
