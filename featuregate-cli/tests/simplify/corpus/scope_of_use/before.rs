pub fn main() {
    if Feature::X.enabled() {
        use std::collections::BTreeMap as Map;
        println!("{}", Map::<u8, u8>::new().len());
    }
    println!("end");
}
