macro_rules! stop_if {
    ($c:expr) => {
        if $c {
            break;
        }
    };
}

macro_rules! skip_if {
    ($c:expr) => {
        if $c {
            continue;
        }
    };
}

pub fn main() {
    let mut n = 0;
    loop {
        n += 1;
        stop_if!(n > 3);
    }
    println!("after {n}");
    let mut all = vec![1, 2, 3];
    println!("then {}", all.len());
    println!("at last {n}");
    for i in 0..3 {
        let mut n = 0;
        loop {
            n += 1;
            skip_if!(n < 3);
            println!("{i} {n}");
            if n > 5 {
                break;
            }
        }
        println!("after {i}");
    }
}
