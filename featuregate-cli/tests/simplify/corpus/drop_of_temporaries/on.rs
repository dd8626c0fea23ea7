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

fn add(a: u32, b: u32) -> u32 {
    a + b
}

pub fn main() {
    println!("{}", add({ let value = D("a").val(); value }, D("b").val()));
    println!("{}", add({ let value = D("c").val(); value }, D("e").val()));
    println!("{:?}", Some({ let value = D("f").val(); value }).filter(|_| D("g").ok()));
    println!("{}", 2.max({ let value = D("h").val(); value }).min(D("i").val()));
    println!("{:?}", ({ let value = D("j").ok(); value }, D("k").ok()));
    println!("{}", ({ let value = D("l").ok(); value }) == D("m").ok());
    println!("{:?} {}", Some({ let value = D("n").val(); value }), D("o").val());
    println!("{}", ({ let value = D("p").val(); value }) + D("q").val());
    println!("{:?}", Some({ let value = D("r").val(); value }).map(|n| n + D("s").val()));
    match Some({ let value = D("t").val(); value }) {
        Some(n) => println!("{n}"),
        None => println!("none"),
    }
    if { let value = D("u").ok(); value } && D("v").ok() {
        println!("in");
    }
}
