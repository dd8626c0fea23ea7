pub fn main() {
    let name = String::from("a");
    let show = move || {
        println!("on {name}");
    };
    show();
}
