fn f(n: u32) -> u32 {
    let on = &false;
    if *on { n } else { 0 }
}
pub fn main() { println!("{}", f(5)); }
