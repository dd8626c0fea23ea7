pub fn main() {
    let all = [1, 2];
    println!("{} {}", all[0], all[1]);
}
