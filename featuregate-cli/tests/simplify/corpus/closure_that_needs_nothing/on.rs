use std::collections::HashSet;

struct Config {
    name: String,
    tags: Vec<String>,
}

fn f(config: &Config, set: HashSet<u32>, depth: u8) {
    let (name, tags, factor) = (config.name.clone(), config.tags.clone(), u32::from(depth));
    let own = name.clone();
    let factor = u32::from(depth) + factor;
    let run = move || {
        println!("{} {} {factor}", set.len(), tags.len());
        println!("{own}");
    };
    run();
    let name = config.name.clone();
    let run = move || name.len();
    println!("{}", run());
}

pub fn main() {
    let config = Config { name: String::from("name"), tags: vec![] };
    f(&config, HashSet::new(), 3);
}
