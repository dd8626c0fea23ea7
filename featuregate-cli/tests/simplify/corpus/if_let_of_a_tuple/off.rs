fn next(n: &mut u32) -> Option<u32> {
    *n += 1;
    println!("next {n}");
    Some(*n)
}

pub fn main() {
    let (mut n, some) = (1, Some(3));
    let _ = next(&mut n);
    println!("none");
    if let (Some(m), 2) = (some, n) {
        println!("{m}");
    }
    let _ = next(&mut n);
    if let (.., true) = (some, false) {
        println!("rest");
    }
    if let (Some(m), on) = (some, false) {
        println!("{m} {on}");
    }
}
