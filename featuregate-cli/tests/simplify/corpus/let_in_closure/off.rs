pub fn main() {
    let show = || println!("{}", "off");
    show();
}
