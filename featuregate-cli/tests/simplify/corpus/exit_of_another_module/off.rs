mod subprocess {
    pub fn exit(n: u32) {
        println!("exit {n}");
    }
}

pub fn main() {
    println!("after");
    let name = String::from("name");
    let shown = "none";
    println!("{shown} {}", std::any::type_name_of_val(shown));
}
