pub fn main() {
    let wide = true;
    let size = 8;
    println!("{:size$}|{wide}", 1);
}
