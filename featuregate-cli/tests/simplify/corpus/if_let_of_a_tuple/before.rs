fn next(n: &mut u32) -> Option<u32> {
    *n += 1;
    println!("next {n}");
    Some(*n)
}

pub fn main() {
    let (mut n, some) = (1, Some(3));
    if let (Some(m), true) = (next(&mut n), Feature::X.enabled()) {
        println!("{m}");
    } else {
        println!("none");
    }
    if let (true, Some(m)) = (Feature::X.enabled(), some) {
        println!("{m}");
    }
    if let (Some(m), false, 2) = (some, Feature::X.enabled(), n) {
        println!("{m}");
    }
    while let (Some(m), true) = (next(&mut n), Feature::X.enabled()) {
        if m > 5 {
            break;
        }
    }
    if let (.., true) = (some, Feature::X.enabled()) {
        println!("rest");
    }
    if let (Some(m), on) = (some, Feature::X.enabled()) {
        println!("{m} {on}");
    }
}
