fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    let on: Option<bool> = Some(hit("a", true));
    println!("{on:?}");
}
