mod subprocess {
    pub fn exit(n: u32) {
        println!("exit {n}");
    }
}

pub fn main() {
    subprocess::exit(3);
    println!("after");
    let name = String::from("name");
    let shown = name.as_str();
    println!("{shown} {}", std::any::type_name_of_val(shown));
}
