pub fn main() {
    let größe = if Feature::X.enabled() { "größer" } else { "kleiner" };
    println!("{größe} – ✓");
}
