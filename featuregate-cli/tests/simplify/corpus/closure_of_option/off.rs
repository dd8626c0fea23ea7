fn first(names: &[&str], length: usize) -> bool {
    names.first().is_some_and(|name| name.len() > length)
}

fn none(names: &[&str]) -> bool {
    names
        .last()
        // Only names that are not empty count.
        .is_none_or(|name| name.is_empty())
}

fn parsed(text: &str) -> bool {
    text.parse::<u32>().is_ok_and(|_| false)
}

pub fn main() {
    println!("{} {}", first(&["a"], 3), first(&[], 3));
    println!("{} {} {}", none(&[]), none(&[""]), none(&["b"]));
    println!("{} {}", parsed("1"), parsed("x"));
}
