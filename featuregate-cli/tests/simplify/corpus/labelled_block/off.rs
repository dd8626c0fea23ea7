pub fn main() {
    let size = 'found: {
        println!("looked");
        2
    };
    println!("{size}");
}
