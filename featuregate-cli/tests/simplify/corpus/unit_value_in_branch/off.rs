fn show(name: &str) {
    println!("{name}");
}

pub fn main() {
    show("off");
    show("end");
}
