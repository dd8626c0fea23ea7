fn f(v: &[u32]) {
    v.iter().for_each(|n| {
        println!("{n}");
    });
    println!("end");
}
pub fn main() { f(&[1, 2]); }
