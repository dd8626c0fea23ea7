pub fn main() {
    let all = vec![2, 3];
    println!("{all:?} {:?}", vec![false; 2]);
}
