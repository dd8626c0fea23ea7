fn parts(text: &str) -> Result<Vec<String>, String> {
    if text.is_empty() {
        return Err(text.to_string());
    }
    Ok(
        text.to_uppercase().split(';').map(str::to_owned).collect(),
    )
}

pub fn main() {
    println!("{:?} {:?}", parts("a,B;c"), parts(""));
}
