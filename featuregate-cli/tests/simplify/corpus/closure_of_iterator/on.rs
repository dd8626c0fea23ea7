pub fn main() {
    let numbers = [1, 2, 3];
    let all: Vec<i32> = numbers
        .iter()
        .copied()
        .map(|number| number * 10)
        .collect();
    println!("{all:?}");
    let kept = Some(4).filter(|_| true);
    println!("{kept:?}");
}
