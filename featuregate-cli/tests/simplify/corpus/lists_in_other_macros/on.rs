macro_rules! case {
    (name: $name:ident, all: $all:expr) => {
        fn $name() -> Vec<Vec<u8>> {
            $all
        }
    };
}

case! {
    name: nested,
    all: vec![vec![1, 2], vec![3]]
}

pub fn main() {
    println!("{:?}", vec![nested().len()]);
}
