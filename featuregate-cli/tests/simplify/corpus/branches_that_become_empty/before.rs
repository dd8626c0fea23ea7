fn f(n: u32, all: &[u32]) {
    if n > 1 {
        if all.is_empty() {
            if Feature::X.enabled() {
                println!("one");
            }
        }
    }
    if n > 2 {
        println!("two");
    } else {
        if Feature::X.enabled() {
            println!("not two");
        }
    }
    if n > 3 {
        if Feature::X.enabled() {
            println!("three");
        }
    } else {
        println!("not three");
    }
    if n > 4 {
        println!("four");
    } else if n > 0 {
        if Feature::X.enabled() {
            println!("not four");
        }
    }
    if changes(n) {
        if Feature::X.enabled() {
            println!("five");
        }
    }
    if n == 6 {
        // A comment that explains.
        if Feature::X.enabled() {
            println!("six");
        }
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
