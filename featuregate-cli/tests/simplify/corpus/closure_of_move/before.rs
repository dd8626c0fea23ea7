pub fn main() {
    let name = String::from("a");
    let show = move || {
        if Feature::X.enabled() {
            println!("on {name}");
        } else {
            println!("off {name}");
        }
    };
    show();
}
