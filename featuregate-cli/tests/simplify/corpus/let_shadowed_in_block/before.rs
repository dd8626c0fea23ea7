pub fn main() {
    let on = Feature::X.enabled();
    {
        let on = !on;
        println!("{}", on);
    }
    println!("{}", on);
}
