fn next(n: &mut u32) -> Option<u32> {
    *n += 1;
    println!("next {n}");
    Some(*n)
}

pub fn main() {
    let (mut n, some) = (1, Some(3));
    if let Some(m) = next(&mut n) {
        println!("{m}");
    } else {
        println!("none");
    }
    if let Some(m) = some {
        println!("{m}");
    }
    while let Some(m) = next(&mut n) {
        if m > 5 {
            break;
        }
    }
    if let (.., true) = (some, true) {
        println!("rest");
    }
    if let (Some(m), on) = (some, true) {
        println!("{m} {on}");
    }
}
