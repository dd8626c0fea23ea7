pub fn main() {
    'outer: for n in 0..3 {
        for m in 0..3 {
            if m == 1 {
                continue 'outer;
            }
            println!("{n} {m}");
        }
    }
    println!("end");
}
