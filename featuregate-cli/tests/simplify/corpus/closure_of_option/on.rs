fn first(names: &[&str], length: usize) -> bool {
    names.first().is_some()
}

fn none(names: &[&str]) -> bool {
    names
        .last()
        // Only names that are not empty count.
        .is_none()
}

fn parsed(text: &str) -> bool {
    text.parse::<u32>().is_ok()
}

pub fn main() {
    println!("{} {}", first(&["a"], 3), first(&[], 3));
    println!("{} {} {}", none(&[]), none(&[""]), none(&["b"]));
    println!("{} {}", parsed("1"), parsed("x"));
}
