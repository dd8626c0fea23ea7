pub fn main() {
    let size = 'found: {
        if Feature::X.enabled() {
            break 'found 1;
        }
        println!("looked");
        2
    };
    println!("{size}");
}
