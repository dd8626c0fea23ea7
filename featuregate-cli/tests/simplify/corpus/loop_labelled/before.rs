pub fn main() {
    'outer: for n in 0..3 {
        for m in 0..3 {
            if Feature::X.enabled() && m == 1 {
                continue 'outer;
            }
            if !Feature::X.enabled() {
                break 'outer;
            }
            println!("{n} {m}");
        }
    }
    println!("end");
}
