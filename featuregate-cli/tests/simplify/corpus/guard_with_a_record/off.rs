#[derive(PartialEq)]
struct Point {
    x: u32,
}

fn find(point: &Point) -> u32 {
    3
}

pub fn main() {
    println!("{} {}", find(&Point { x: 1 }), find(&Point { x: 2 }));
}
