fn parts(text: &str) -> Result<Vec<String>, String> {
    if text.is_empty() {
        return Err(if Feature::X.enabled() { "no parts".to_owned() } else { text.to_string() });
    }
    Ok(
        if Feature::X.enabled() {
            text.to_lowercase().split(',').map(str::to_owned).collect()
        } else {
            text.to_uppercase().split(';').map(str::to_owned).collect()
        },
    )
}

pub fn main() {
    println!("{:?} {:?}", parts("a,B;c"), parts(""));
}
