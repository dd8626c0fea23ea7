mod inner {
    use crate::*;

    pub fn run() {
        println!("on");
    }
}

pub fn main() {
    inner::run();
}
