#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| kfp_fuzz::run("macros", data));
