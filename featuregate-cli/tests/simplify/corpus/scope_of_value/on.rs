pub fn main() {
    let n = 1;
    let size = n + {
        let n = 5;
        n
    };
    println!("{size} {n}");
}
