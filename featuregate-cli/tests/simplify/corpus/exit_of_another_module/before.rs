mod subprocess {
    pub fn exit(n: u32) {
        println!("exit {n}");
    }
}

pub fn main() {
    if Feature::X.enabled() {
        subprocess::exit(3);
    }
    println!("after");
    let name = String::from("name");
    let shown = if Feature::X.enabled() { &name } else { "none" };
    println!("{shown} {}", std::any::type_name_of_val(shown));
}
