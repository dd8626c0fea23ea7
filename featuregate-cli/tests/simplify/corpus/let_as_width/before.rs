pub fn main() {
    let wide = Feature::X.enabled();
    let size = if wide { 8 } else { 4 };
    println!("{:size$}|{wide}", 1);
}
