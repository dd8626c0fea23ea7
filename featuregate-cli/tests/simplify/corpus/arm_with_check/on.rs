pub fn main() {
    for n in 0..3 {
        match n {
            0 => println!("on"),
            1 => {
                println!("one");
            }
            _ => println!("{}", true),
        }
    }
}
