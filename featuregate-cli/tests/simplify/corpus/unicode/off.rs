pub fn main() {
    let größe = "kleiner";
    println!("{größe} – ✓");
}
