fn show(name: &str) {
    println!("{name}");
}

pub fn main() {
    if Feature::X.enabled() { show("on") } else { show("off") }
    show("end");
}
