fn find(n: u32) -> Option<u32> {
    println!("find {n}");
    (n > 0).then_some(n)
}

pub fn main() {
    for n in 0..3 {
        let found = match n > 1 {
            true => ({ let _ = find(n).is_some(); false }) == (n == 2),
            false => n == 0,
        };
        println!("{found}");
    }
}
