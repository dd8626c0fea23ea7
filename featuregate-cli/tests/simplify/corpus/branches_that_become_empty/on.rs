fn f(n: u32, all: &[u32]) {
    if n > 1 {
        if all.is_empty() {
            println!("one");
        }
    }
    if n > 2 {
        println!("two");
    } else {
        println!("not two");
    }
    if n > 3 {
        println!("three");
    } else {
        println!("not three");
    }
    if n > 4 {
        println!("four");
    } else if n > 0 {
        println!("not four");
    }
    if changes(n) {
        println!("five");
    }
    if n == 6 {
        // A comment that explains.
        println!("six");
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
