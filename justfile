# Short names for what one does every day; `.ci/run` does all of it.

# Lists these.
default:
    @just --list

# Formats, lints and tests.
check: && test
    cargo fmt --all
    cargo clippy --workspace --all-targets -- -D warnings

# The tests of all crates.
test:
    cargo test --workspace

# Accepts the compile errors and the manifests as they are now; read the difference before you commit it.
bless:
    BLESS=1 cargo test --workspace

# The pages of all crates.
docs:
    cargo doc --workspace --no-deps --open

# Everything that has to hold before something is merged.
ci:
    .ci/run
