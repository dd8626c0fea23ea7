//! Says whether the data that the tests need exists.

#[path = "../tests/build.rs"]
mod data;

fn main() {
    data::main();
}
