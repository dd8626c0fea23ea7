pub fn main() {
    for on in [1, 2] {
        println!("{}", on);
    }
    if let Some(on) = Some(3) {
        println!("{}", on);
    }
    match 4 {
        on if on > 3 => println!("{}", on),
        _ => println!("{}", true),
    }
    let add = |on: i32| on + 1;
    println!("{} {}", add(1), true);
}
