pub fn main() {
    let on = Feature::X.enabled();
    let show = || println!("{}", if on { "on" } else { "off" });
    show();
}
