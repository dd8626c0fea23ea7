fn check(log: &mut Vec<u32>) {
    #[cfg(not(debug_assertions))]
    {
        log.push(1);
        return;
    }
    log.push(2);
}

pub fn main() {
    let mut log = Vec::new();
    check(&mut log);
    println!("{log:?}");
}
