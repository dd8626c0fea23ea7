fn f(all: &[u32], flags: u8) -> usize {
    let mut count = 0usize;
    count += 1;
    let most = count.max(1);
    let some: Vec<u32> = Vec::with_capacity(0);
    println!("{} {}", 0, some.len());
    println!("{:?}", &all[..1]);
    println!("{}", flags | 1);
    most + 3
}

pub fn main() {
    println!("{}", f(&[1, 2], 4));
}
