pub fn main() {
    let size = {
        let third = 7;
        third * 3
    };
    println!("{size}");
}
