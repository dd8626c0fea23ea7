fn f(v: &[u32]) {
    v.iter().for_each(|n| {
        if Feature::X.enabled() { return; }
        println!("{n}");
    });
    println!("end");
}
pub fn main() { f(&[1, 2]); }
