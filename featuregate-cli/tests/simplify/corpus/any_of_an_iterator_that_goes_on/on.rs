pub fn main() {
    let mut numbers = [1, 2].into_iter();
    let found = numbers.any(|_| true);
    println!("{found} {:?}", numbers.next());
    let mut numbers = [1, 2].into_iter();
    let all = numbers.all(|_| true);
    println!("{all} {:?}", numbers.next());
}
