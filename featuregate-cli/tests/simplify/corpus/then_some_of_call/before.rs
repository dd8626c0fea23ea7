fn hit(name: &str, value: bool) -> bool {
    println!("{name}");
    value
}

pub fn main() {
    let on: Option<bool> = Feature::X.enabled().then_some(hit("a", true));
    println!("{on:?}");
}
