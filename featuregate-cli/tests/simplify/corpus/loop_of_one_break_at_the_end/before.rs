fn f(n: u32) -> u32 {
    loop {
        println!("once");
        if Feature::X.enabled() {
            break 1;
        }
        break n;
    }
}

fn g(n: u32) -> u32 {
    let m = loop {
        if Feature::X.enabled() {
            break 1;
        }
        if n > 3 {
            continue;
        }
        break n;
    };
    m + 1
}

pub fn main() {
    println!("{} {}", f(2), g(3));
}
