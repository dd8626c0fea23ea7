mod inner {
    use crate::*;

    pub fn run() {
        if Feature::X.enabled() {
            println!("on");
        } else {
            println!("off");
        }
    }
}

pub fn main() {
    inner::run();
}
