# The usual commands. `just` lists them; what they run can also be typed without it.

_list:
    @just --list --unsorted

# Check that everything compiles
check:
    cargo check --workspace --all-targets --all-features --locked

# Run all tests, or those whose names contain NAME
test NAME="":
    cargo test --workspace --locked {{ NAME }}

# Check formatting, and run Clippy with warnings denied
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets --all-features --locked -- -D warnings

# Build the documentation as docs.rs does, and check its labels
docs:
    bash .ci/docs

# Write the expected outputs anew; then read the difference
snapshots:
    INSTA_UPDATE=always cargo test -p featuregate-cli --locked
    TRYBUILD=overwrite cargo test -p featuregate-tests --locked --test compile_fail
    FEATUREGATE_UPDATE=1 cargo test -p kubelet --locked golden_manifest
    git diff --stat

# Write the listing of the public interface anew; then read the difference
public-api:
    bash .ci/public-api --update

# Write the built-in gates of Kubernetes from the lists in FOLDER; then read the difference
gates FOLDER="":
    cargo xtask gates {{ FOLDER }}

# Fuzz TARGET: parsing, resolving, manifests or checking
fuzz TARGET *ARGUMENTS:
    RUSTC_BOOTSTRAP=1 cargo fuzz run --sanitizer none {{ TARGET }} {{ ARGUMENTS }}

# Run the benchmark NAME: check, compile, configs, resolve or size
bench NAME:
    cargo bench -p featuregate-bench --locked --bench {{ NAME }}

# Run what must pass before a change lands
run:
    bash .ci/run

# Run what takes longer, or the parts of it that are named: fuzzing, mutants, every combination of features, loom
full *PARTS:
    bash .ci/full {{ PARTS }}
