pub fn main() {
    let numbers = [1, 2, 3];
    let all: Vec<i32> = numbers
        .iter()
        .copied()
        .filter(|number| Feature::X.enabled() || number % 2 == 1)
        .map(|number| number * 10)
        .collect();
    println!("{all:?}");
    let kept = Some(4).filter(|_| Feature::X.enabled());
    println!("{kept:?}");
}
