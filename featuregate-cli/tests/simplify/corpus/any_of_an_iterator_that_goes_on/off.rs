pub fn main() {
    let mut numbers = [1, 2].into_iter();
    let found = numbers.any(|_| false);
    println!("{found} {:?}", numbers.next());
    let mut numbers = [1, 2].into_iter();
    let all = numbers.all(|_| false);
    println!("{all} {:?}", numbers.next());
}
