#!/usr/bin/env bash
# Counts the instructions that rustc executes for a crate, which do not depend on what else the machine does:
# `RUSTC_WRAPPER=…/benches/compile/count.sh cargo check` in its folder, after its dependencies were built with it.
# It needs valgrind, and rustc itself, not the one of rustup that calls it.
set -euo pipefail

if [[ -n ${CARGO_PRIMARY_PACKAGE:-} && " $* " == *" --crate-name "* ]]; then
    log=$(mktemp)
    valgrind --tool=callgrind --callgrind-out-file=/dev/null --log-file="$log" "$@"
    grep 'Collected' "$log" >&2
    rm "$log"
else
    exec "$@"
fi
