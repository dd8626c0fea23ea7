trait Sized2 {
    fn size(&self) -> u32 {
        2
    }
}

struct Server;

impl Sized2 for Server {}

pub fn main() {
    println!("{}", Server.size());
}
