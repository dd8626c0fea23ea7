pub fn main() {
    #[allow(clippy::needless_bool)]
    let on = false;
    println!("{}", on);
}
