pub fn main() {
    let show = || println!("{}", "on");
    show();
}
