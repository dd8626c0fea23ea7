struct Server {
    size: u32,
}

impl Server {
    fn is_large(&self) -> bool {
        false
    }
}

pub fn main() {
    println!("{}", Server { size: 3 }.is_large());
}
