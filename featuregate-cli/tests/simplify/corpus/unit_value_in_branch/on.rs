fn show(name: &str) {
    println!("{name}");
}

pub fn main() {
    show("on");
    show("end");
}
