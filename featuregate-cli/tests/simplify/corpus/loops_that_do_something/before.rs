use std::io::{BufRead, Cursor, Read};
use std::sync::mpsc;

struct Pool(Vec<u32>);

impl Pool {
    fn get(&mut self, n: u32) -> Option<u32> {
        self.0.push(n);
        Some(n)
    }
}

pub fn main() {
    let (sender, receiver) = mpsc::channel();
    sender.send(1).unwrap();
    drop(sender);
    for message in &receiver {
        if Feature::X.enabled() {
            println!("{message}");
        }
    }
    println!("{:?}", receiver.try_recv());
    let mut reader = Cursor::new("one\ntwo\n");
    for line in (&mut reader).lines() {
        if Feature::X.enabled() {
            println!("{}", line.unwrap());
        }
    }
    let mut rest = String::new();
    reader.read_to_string(&mut rest).unwrap();
    println!("{rest:?}");
    let mut pool = Pool(vec![]);
    if let Some(n) = pool.get(1) {
        if Feature::X.enabled() {
            println!("{n}");
        }
    }
    println!("{}", pool.0.len());
    let mut numbers = vec![1, 2].into_iter();
    let mut all = Vec::new();
    all.extend(&mut numbers);
    if Feature::X.enabled() {
        println!("{all:?}");
    }
    println!("{:?}", numbers.next());
}
