pub fn main() {
    let all = vec![1, 3];
    println!("{all:?} {:?}", vec![true; 2]);
}
