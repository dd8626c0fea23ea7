#!/usr/bin/env bash
# The instructions of a check, counted by callgrind: those of 20,000 turns of the loop less those of 10,000, over
# 80,000 checks. A part of the two instructions of the loop is in each figure. It needs valgrind.
# `FEATUREGATE_FIGURES=1` also writes them to docs/figures.md.
set -euo pipefail
cd "$(dirname "$0")/../.."

bench=$(cargo bench -p featuregate-bench --bench check --no-run --message-format=json |
    sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' | tail -n 1)
out=$(mktemp)
trap 'rm -f "$out"' EXIT

count() {
    valgrind --tool=callgrind --callgrind-out-file="$out" "$bench" --count "$1" "$2" 2>&1 |
        sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

"$bench" --names | while read -r name; do
    less=$(count "$name" 10000)
    more=$(count "$name" 20000)
    awk -v name="$name" -v ir=$((more - less)) 'BEGIN { printf "`%s` %.2f\n", name, ir / 80000 }'
done | "$bench" --bench --instructions
