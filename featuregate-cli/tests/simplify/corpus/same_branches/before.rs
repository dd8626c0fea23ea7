pub fn main() {
    let n = 3;
    let on = if n > 2 { Feature::X.enabled() } else { !Feature::X.enabled() };
    println!("{on}");
}
