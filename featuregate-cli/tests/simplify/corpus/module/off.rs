mod inner {
    use crate::*;

    pub fn run() {
        println!("off");
    }
}

pub fn main() {
    inner::run();
}
