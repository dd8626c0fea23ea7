pub fn main() {
    let _on = Feature::X.enabled();
    let _ = Feature::X.enabled();
    println!("end");
}
