pub fn main() {
    let n = 3;
    let on = !(n > 2);
    println!("{on}");
}
