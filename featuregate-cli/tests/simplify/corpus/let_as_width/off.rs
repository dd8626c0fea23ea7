pub fn main() {
    let wide = false;
    let size = 4;
    println!("{:size$}|{wide}", 1);
}
