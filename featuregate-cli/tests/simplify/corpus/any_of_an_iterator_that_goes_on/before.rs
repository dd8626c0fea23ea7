pub fn main() {
    let mut numbers = [1, 2].into_iter();
    let found = numbers.any(|_| Feature::X.enabled());
    println!("{found} {:?}", numbers.next());
    let mut numbers = [1, 2].into_iter();
    let all = numbers.all(|_| Feature::X.enabled());
    println!("{all} {:?}", numbers.next());
}
