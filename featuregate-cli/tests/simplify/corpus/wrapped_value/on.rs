fn parts(text: &str) -> Result<Vec<String>, String> {
    if text.is_empty() {
        return Err("no parts".to_owned());
    }
    Ok(
        text.to_lowercase().split(',').map(str::to_owned).collect(),
    )
}

pub fn main() {
    println!("{:?} {:?}", parts("a,B;c"), parts(""));
}
