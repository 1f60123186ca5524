#![no_main]

use kfp_fuzz::Target;
use std::sync::LazyLock;

static TARGET: LazyLock<Target> = LazyLock::new(|| Target::named("manifests").expect("a target"));

libfuzzer_sys::fuzz_target!(|data: &[u8]| TARGET.run(data));
