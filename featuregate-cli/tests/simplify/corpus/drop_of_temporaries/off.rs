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
    println!("{}", add(0, D("b").val()));
    println!("{}", add({ let value = D("d").val(); value }, D("e").val()));
    println!("{:?}", Some(1u32).filter(|_| D("g").ok()));
    println!("{}", 2.max(1u32).min(D("i").val()));
    println!("{:?}", (false, D("k").ok()));
    println!("{}", D("m").ok());
    println!("{:?} {}", false.then(|| D("n").val()), D("o").val());
    println!("{}", 0u32 + D("q").val());
    println!("{:?}", false.then(|| D("r").val()).map(|n| n + D("s").val()));
    println!("none");
}
