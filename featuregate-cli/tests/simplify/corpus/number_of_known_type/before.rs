fn f(all: &[u32], flags: u8) -> usize {
    let mut count = 0usize;
    count += if Feature::X.enabled() { all.len() } else { 1 };
    let most = count.max(if Feature::X.enabled() { all.len() } else { 1 });
    let some: Vec<u32> = Vec::with_capacity(if Feature::X.enabled() { all.len() } else { 0 });
    println!("{} {}", if Feature::X.enabled() { all.len() } else { 0 }, some.len());
    println!("{:?}", &all[..if Feature::X.enabled() { all.len() } else { 1 }]);
    println!("{}", flags | if Feature::X.enabled() { flags } else { 1 });
    most + if Feature::X.enabled() { all.len() } else { 3 }
}

pub fn main() {
    println!("{}", f(&[1, 2], 4));
}
