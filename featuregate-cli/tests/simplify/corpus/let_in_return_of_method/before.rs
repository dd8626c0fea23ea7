struct Server {
    size: u32,
}

impl Server {
    fn is_large(&self) -> bool {
        let on = Feature::X.enabled();
        on && self.size > 2
    }
}

pub fn main() {
    println!("{}", Server { size: 3 }.is_large());
}
