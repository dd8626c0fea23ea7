pub fn main() {
    let all = [1, 2];
    println!("{} {}", all[1], all[0]);
}
