pub fn main() {
    'outer: for n in 0..3 {
        for m in 0..3 {
            break 'outer;
        }
    }
    println!("end");
}
