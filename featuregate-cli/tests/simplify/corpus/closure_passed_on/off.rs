fn ask(on: impl Fn() -> bool) -> bool {
    on()
}

pub fn main() {
    let on = || false;
    println!("{}", ask(on));
    println!("{}", ask(|| false));
}
