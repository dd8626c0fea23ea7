#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    featuregate_tests::fuzzed::resolving(data);
    featuregate_tests::fuzzed::following(data);
});
