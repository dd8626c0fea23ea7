use std::sync::mpsc;

fn sender(ends: mpsc::Sender<u32>) -> Vec<u32> {
    let (send, receive) = mpsc::channel();
    let other = send.clone();
    let run = move || {
        if Feature::X.enabled() {
            println!("nothing is sent");
        } else {
            other.send(5).unwrap();
        }
    };
    run();
    drop(run);
    drop(send);
    ends.send(1).unwrap();
    receive.try_iter().chain([receive.recv().map_or(7, |_| 8)]).collect()
}

struct Guard(&'static str);

impl Drop for Guard {
    fn drop(&mut self) {
        println!("dropped {}", self.0);
    }
}

fn guard() {
    let (one, two, n) = (Guard("one"), Guard("two"), 3u32);
    let run = move |more: bool| Feature::X.enabled() && one.0 == "one" && more;
    println!("{}", run(true));
    drop(run);
    let run = move || match Feature::X.enabled() {
        true => n,
        false => n + u32::from(two.0 == "two"),
    };
    println!("{}", run());
    drop(run);
    println!("end");
}

pub fn main() {
    let (send, receive) = mpsc::channel();
    println!("{:?}", sender(send));
    println!("{:?}", receive.recv());
    guard();
}
