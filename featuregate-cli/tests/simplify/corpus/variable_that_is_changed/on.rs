fn bump(n: &mut u32) {
    *n += 10;
}

#[derive(Clone, Copy)]
struct Point(u32);

impl Point {
    fn advance(&mut self) {
        self.0 += 1;
    }
}

pub fn main() {
    let (mut a, mut b) = (1, 2);
    bump(&mut if true { a } else { b });
    println!("{a} {b}");
    let (mut one, mut other) = ([3, 1, 2], [6, 5, 4]);
    (if true { one } else { other }).sort();
    println!("{one:?} {other:?}");
    for n in (if true { one } else { other }).iter_mut() {
        *n += 1;
    }
    println!("{one:?} {other:?}");
    let (mut some, mut same) = (Some(1), Some(2));
    match if true { some } else { same } {
        Some(ref mut n) => *n += 5,
        None => println!("none"),
    }
    println!("{some:?} {same:?}");
    let ref mut kept = if true { a } else { 7 };
    *kept += 1;
    println!("{a}");
    let mut points = [Point(1), Point(2)];
    (if true { points[0] } else { points[1] }).advance();
    println!("{} {}", points[0].0, points[1].0);
    (a, b, one, other, some, same) = (1, 2, one, other, some, same);
    println!("{a} {b} {}", (if true { one } else { other }).len());
    points[0] = Point(a);
}
