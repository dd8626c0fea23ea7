#[derive(PartialEq)]
struct Point {
    x: u32,
}

fn find(point: &Point) -> u32 {
    match Feature::X.enabled() {
        true if *point == Point { x: 1 } => 1,
        true => 2,
        false => 3,
    }
}

pub fn main() {
    println!("{} {}", find(&Point { x: 1 }), find(&Point { x: 2 }));
}
