pub fn main() {
    let all = vec![if Feature::X.enabled() { 1 } else { 2 }, 3];
    println!("{all:?} {:?}", vec![Feature::X.enabled(); 2]);
}
