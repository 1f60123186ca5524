//! The component files that the program writes are those that `component_types.rs` reads; `BLESS=1` keeps them.

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn the_file_that_is_read_is_the_one_that_is_written() {
    let program = env!("CARGO_BIN_EXE_kfp-constructs");
    let output = Command::new(program).args(["component", "one_of_each"]).output().expect("the program");
    let written = String::from_utf8(output.stdout).expect("text");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("components/one_of_each.yaml");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&file, &written).expect("a file");
    }
    assert_eq!(written, fs::read_to_string(file).expect("a file"), "{}", String::from_utf8_lossy(&output.stderr));
}
