pub fn main() {
    {
        use std::collections::BTreeMap as Map;
        println!("{}", Map::<u8, u8>::new().len());
    }
    println!("end");
}
