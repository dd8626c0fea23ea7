#[derive(Clone, Copy)]
struct Counter(u32);

impl Counter {
    fn step(&mut self) -> u32 {
        self.0 += 1;
        self.0
    }
}

struct Holder {
    it: Counter,
}

impl Holder {
    fn step(&mut self, other: Counter) -> u32 {
        (if false { self.it } else { other }).step()
    }
}

fn sorted(this: &mut [u32; 3]) {
    [0; 3].sort();
}

pub fn main() {
    let (mut it, other) = (Counter(0), Counter(5));
    let step = (if false { it } else { other }).step();
    println!("{step} {}", it.step());
    let mut holder = Holder { it };
    println!("{} {}", holder.step(other), holder.step(other));
    let mut all = [3, 1, 2];
    sorted(&mut all);
    println!("{all:?}");
}
