#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| featuregate_tests::fuzzed::checking(data));
