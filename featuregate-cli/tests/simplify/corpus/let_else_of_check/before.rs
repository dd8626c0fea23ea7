fn run() {
    let true = Feature::X.enabled() else {
        println!("off");
        return;
    };
    println!("on");
}

pub fn main() {
    run();
}
