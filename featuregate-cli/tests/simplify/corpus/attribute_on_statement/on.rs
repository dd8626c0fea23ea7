pub fn main() {
    #[allow(clippy::needless_bool)]
    let on = true;
    println!("{}", on);
}
