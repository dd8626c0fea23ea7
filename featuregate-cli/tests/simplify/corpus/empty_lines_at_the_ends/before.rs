pub fn main() {
    if Feature::X.enabled() {

        println!("on");

    }

    println!("b");

    if Feature::X.enabled() {
        println!("on again");
    }
}
