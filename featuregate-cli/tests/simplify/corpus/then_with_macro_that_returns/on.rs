macro_rules! leave {
    ($condition:expr) => {
        if $condition {
            return None;
        }
    };
}

fn inner(n: u32) -> Option<Option<u32>> {
    let found = true.then(|| {
        leave!(n > 1);
        Some(n)
    });
    Some(found.flatten())
}

pub fn main() {
    println!("{:?} {:?}", inner(1), inner(2));
}
