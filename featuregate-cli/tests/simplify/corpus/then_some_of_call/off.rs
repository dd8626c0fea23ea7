fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    let on: Option<bool> = false.then_some(hit("a", true));
    println!("{on:?}");
}
