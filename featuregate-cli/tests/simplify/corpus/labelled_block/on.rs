pub fn main() {
    let size = 'found: {
        break 'found 1;
    };
    println!("{size}");
}
