fn f(items: &[u32], names: &[&str]) {
    for item in items {
        for name in names {
            println!("{item} {name}");
        }
    }
    for n in 0..2 {
        println!("{n}");
    }
    if let Some(first) = items.first() {
        println!("{first}");
    }
    for n in numbers() {
        println!("{n}");
    }
}

fn numbers() -> Vec<u32> {
    println!("numbers");
    vec![1]
}

pub fn main() {
    f(&[1, 2], &["a"]);
}
