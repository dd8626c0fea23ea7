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
    println!("{}", add(if Feature::X.enabled() { D("a").val() } else { 0 }, D("b").val()));
    println!("{}", add(match Feature::X.enabled() { true => D("c").val(), false => D("d").val() }, D("e").val()));
    println!("{:?}", Some(if Feature::X.enabled() { D("f").val() } else { 1 }).filter(|_| D("g").ok()));
    println!("{}", 2.max(if Feature::X.enabled() { D("h").val() } else { 1 }).min(D("i").val()));
    println!("{:?}", (Feature::X.enabled() && D("j").ok(), D("k").ok()));
    println!("{}", (!Feature::X.enabled() || D("l").ok()) == D("m").ok());
    println!("{:?} {}", Feature::X.enabled().then(|| D("n").val()), D("o").val());
    println!("{}", Feature::X.enabled().then(|| D("p").val()).unwrap_or(0) + D("q").val());
    println!("{:?}", Feature::X.enabled().then(|| D("r").val()).map(|n| n + D("s").val()));
    match Feature::X.enabled().then(|| D("t").val()) {
        Some(n) => println!("{n}"),
        None => println!("none"),
    }
    if Feature::X.enabled() && D("u").ok() && (Feature::X.enabled() && D("v").ok()) {
        println!("in");
    }
}
