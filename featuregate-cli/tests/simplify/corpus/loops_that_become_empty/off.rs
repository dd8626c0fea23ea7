fn f(items: &[u32], names: &[&str]) {
    for item in items {
        for name in names {
        }
    }
    for n in numbers() {
    }
}

fn numbers() -> Vec<u32> {
    println!("numbers");
    vec![1]
}

pub fn main() {
    f(&[1, 2], &["a"]);
}
