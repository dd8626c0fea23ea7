fn f(all: &[u32], flags: u8) -> usize {
    let mut count = 0usize;
    count += all.len();
    let most = count.max(all.len());
    let some: Vec<u32> = Vec::with_capacity(all.len());
    println!("{} {}", all.len(), some.len());
    println!("{:?}", &all[..all.len()]);
    println!("{}", flags | flags);
    most + all.len()
}

pub fn main() {
    println!("{}", f(&[1, 2], 4));
}
