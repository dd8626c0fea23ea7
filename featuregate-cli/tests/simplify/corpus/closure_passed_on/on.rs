fn ask(on: impl Fn() -> bool) -> bool {
    on()
}

pub fn main() {
    let on = || true;
    println!("{}", ask(on));
    println!("{}", ask(|| true));
}
