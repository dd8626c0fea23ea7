pub fn main() {
    let on = Feature::X.enabled();
    for on in [1, 2] {
        println!("{}", on);
    }
    if let Some(on) = Some(3) {
        println!("{}", on);
    }
    match 4 {
        on if on > 3 => println!("{}", on),
        _ => println!("{}", on),
    }
    let add = |on: i32| on + 1;
    println!("{} {}", add(1), on);
}
