struct D(&'static str);

impl Drop for D {
    fn drop(&mut self) {
        println!("dropped {}", self.0);
    }
}

impl D {
    fn val(&self) -> u32 {
        println!("asked {}", self.0);
        1
    }

    fn ok(&self) -> bool {
        println!("asked {}", self.0);
        true
    }
}

struct Two {
    a: D,
    b: D,
}

fn ignored(v: D, w: D) {
    drop(w);
    println!("ignored");
}

fn assigned(v: D, w: D) {
    drop(w);
    println!("assigned");
}

fn matched(v: D, w: D) {
    drop(w);
    println!("matched");
}

fn scrutinee(v: D, w: D) {
    match if false { v } else { w } {
        _ => println!("in"),
    }
    println!("scrutinee");
}

fn receiver(v: D, w: D) {
    (if false { v } else { w }).val();
    println!("receiver");
}

fn part(one: Two, other: Two) {
    let a = (if false { one } else { other }).a;
    println!("part {}", a.0);
}

fn shown(v: D, w: D) {
    println!("{}", (if false { v } else { w }).0);
    println!("shown");
}

fn copies(n: u32, text: &str, all: Vec<u32>) {
    let (mut small, other) = (n, 5u32);
    println!("{}", 0);
    println!("{}", "none");
    println!("{}", "none".len());
    for n in 0..2 {
        println!("{}", 7);
    }
    println!("{}", n.max(3));
    println!("{:?}", if false { all } else { vec![] });
    small += 1;
    println!("{small}");
}

pub fn main() {
    ignored(D("a"), D("b"));
    assigned(D("c"), D("d"));
    matched(D("e"), D("f"));
    scrutinee(D("g"), D("h"));
    receiver(D("i"), D("j"));
    part(Two { a: D("k"), b: D("l") }, Two { a: D("m"), b: D("n") });
    shown(D("o"), D("p"));
    copies(1, "text", vec![2]);
    let two = Two { a: D("q"), b: D("r") };
    println!("{}", two.b.0);
}
