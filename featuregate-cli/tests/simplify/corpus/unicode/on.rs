pub fn main() {
    let größe = "größer";
    println!("{größe} – ✓");
}
