//! Says whether the data that some tests need exists. The published package does not include this script.

#[path = "../tests/build.rs"]
mod data;

fn main() {
    data::main();
}
