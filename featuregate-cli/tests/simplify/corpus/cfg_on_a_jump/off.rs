fn check(log: &mut Vec<u32>) {
    log.push(2);
}

pub fn main() {
    let mut log = Vec::new();
    check(&mut log);
    println!("{log:?}");
}
