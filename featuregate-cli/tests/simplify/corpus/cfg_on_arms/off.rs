fn name(n: u32) -> &'static str {
    match false {
        #[cfg(debug_assertions)]
        true => "debug on",
        #[cfg(not(debug_assertions))]
        true => "release on",
        false if n > 1 => "many",
        false => "off",
    }
}

pub fn main() {
    println!("{} {}", name(1), name(2));
}
