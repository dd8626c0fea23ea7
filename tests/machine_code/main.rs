//! The machine code of a check, counted in release builds of a small program.
//!
//! A check is compared with one of a hand-written `static AtomicBool` in the same position: in a program, in
//! another crate, in a library of its own where both are public or both private, and against a field
//! behind a reference for [`Gates`](featuregate::Gates). Each with and without link-time optimisation,
//! for speed and for size.
#![cfg_attr(
    all(target_arch = "x86_64", target_os = "linux"),
    expect(
        clippy::unwrap_used,
        clippy::panic,
        reason = "helpers of tests, where a panic is a failure"
    )
)]

#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
mod count;
#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
mod listing;
#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
mod probe;

#[cfg(not(all(target_arch = "x86_64", target_os = "linux")))]
#[test]
#[ignore = "the machine code of a check is counted on x86-64 Linux"]
fn the_machine_code_of_a_check_is_counted() {
    unimplemented!("it is counted on x86-64 Linux");
}
