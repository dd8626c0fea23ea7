fn ask(on: impl Fn() -> bool) -> bool {
    on()
}

pub fn main() {
    let on = || Feature::X.enabled();
    println!("{}", ask(on));
    println!("{}", ask(|| Feature::X.enabled()));
}
