fn counts() {
    let mut all = Vec::new();
    all.push(1);
    println!("{}", all.len());
}

struct Noisy(&'static str);

impl Drop for Noisy {
    fn drop(&mut self) {
        println!("{}", self.0);
    }
}

fn keeps() {
    let mut all = Vec::new();
    {
        let inner = Noisy("inner");
        all.push(inner);
    }
    println!("after");
}

pub fn main() {
    counts();
    keeps();
}
