#[derive(PartialEq)]
struct Point {
    x: u32,
}

fn find(point: &Point) -> u32 {
    if (*point == Point { x: 1 }) { 1 } else { 2 }
}

pub fn main() {
    println!("{} {}", find(&Point { x: 1 }), find(&Point { x: 2 }));
}
