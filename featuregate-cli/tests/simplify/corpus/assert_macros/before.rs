fn f(n: u32) {
    assert!(Feature::X.enabled() || n > 0, "n is {n}");
    assert_eq!(Feature::X.enabled(), Feature::X.enabled());
    debug_assert!(!Feature::X.enabled() || n < 10);
    assert_ne!(Feature::X.enabled(), !Feature::X.enabled(), "m {}", n);
    println!("{n}");
}
pub fn main() { f(3); }
