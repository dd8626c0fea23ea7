pub fn main() {
    for n in 0..4 {
        if n == 0 {
            println!("zero");
        } else if n == 1 {
            println!("one");
        } else if n == 2 {
            println!("two");
        } else {
            println!("other");
        }
    }
}
