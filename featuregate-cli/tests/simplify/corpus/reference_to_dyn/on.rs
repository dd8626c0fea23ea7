trait Named {
    fn name(&self) -> &'static str;
}

struct A;
struct B;

impl Named for A {
    fn name(&self) -> &'static str {
        "A of the trait"
    }
}

impl Named for B {
    fn name(&self) -> &'static str {
        "B of the trait"
    }
}

impl B {
    fn name(&self) -> &'static str {
        "B"
    }
}

fn boxed() -> Box<dyn Named> {
    Box::new(A)
}

pub fn main() {
    let own = &A as &dyn Named;
    println!("{}", own.name());
    let own = boxed();
    println!("{}", own.name());
    let (all, three) = (vec![1, 2], [1, 2, 3]);
    let some = &all[1..];
    println!("{}", std::mem::size_of_val(&some));
}
