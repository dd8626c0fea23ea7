fn f(n: u32, all: &[u32]) {
    if n > 2 {
        println!("two");
    }
    if !(n > 3) {
        println!("not three");
    }
    if n > 4 {
        println!("four");
    }
    if changes(n) {
    }
    if n == 6 {
        // And one at the end.
    }
}

fn changes(n: u32) -> bool {
    println!("asked {n}");
    n > 1
}

pub fn main() {
    for n in 0..7 {
        f(n, &[]);
    }
}
