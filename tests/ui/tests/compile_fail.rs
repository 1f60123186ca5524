//! Every case in `cases/` fails to compile with exactly the text beside it.
//!
//! The texts are those of one version of rustc. `TRYBUILD=overwrite cargo test -p kfp-ui` writes them anew.

use std::process::Command;

const RUSTC: &str = "rustc 1.95.";

#[test]
fn mistakes_are_explained() {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output().expect("rustc runs");
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    if !version.starts_with(RUSTC) {
        #[allow(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("skipped: the texts of errors belong to {RUSTC}, this is {version}");
        }
        return;
    }
    let cases = trybuild::TestCases::new();
    cases.compile_fail("cases/*/*.rs");
}
