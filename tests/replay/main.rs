//! The fuzzer's corpus, and some random inputs, without a fuzzer.

#![expect(clippy::unwrap_used, reason = "a helper of tests, where a panic is a failure")]

use std::fs;
use std::path::Path;

use featuregate_tests::fuzzed::{Body, TARGETS, following, resolving};
use proptest::prelude::*;

fn body(name: &str) -> Body {
    TARGETS.iter().find(|(target, _)| *target == name).unwrap().1
}

#[test]
fn each_target_takes_its_corpus() {
    for &(name, body) in TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(name);
        let mut inputs = 0;
        for entry in fs::read_dir(&folder).unwrap() {
            body(&fs::read(entry.unwrap().path()).unwrap());
            inputs += 1;
        }
        assert!(inputs >= 20, "{} has only {inputs} inputs", folder.display());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn parsing_takes_any_bytes(data in prop::collection::vec(any::<u8>(), 0..200)) {
        body("parsing")(&data);
    }

    #[test]
    fn parsing_takes_what_looks_like_items(data in "([A-Za-z=, \t\u{3000}]|true|false|é){0,60}") {
        body("parsing")(data.as_bytes());
    }

    #[test]
    fn resolving_does_what_the_rules_say(data in prop::collection::vec(any::<u8>(), 300..600)) {
        resolving(&data);
    }

    #[test]
    fn following_suggestions_comes_to_an_input_that_resolves(
        data in prop::collection::vec(any::<u8>(), 300..600),
    ) {
        following(&data);
    }
}
