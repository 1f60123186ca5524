//! Every warning: it is said, `allow` where it stands takes it away and nothing else, `deny` makes it an error of the build.

use kfp_grammar::Code;
use kfp_grammar::code::WARNINGS;
use kfp_ui::{Compiler, RUSTC, headers, in_parallel, root};
use std::fs;
use std::path::{Path, PathBuf};

/// The program that builds the pipelines of a source, where a place to allow `KFP208` may hold another code, or none.
fn program(compiler: &Compiler, name: &str, allowed: impl Fn(Code) -> Option<Code>) -> PathBuf {
    let source = fs::read_to_string(root().join("warnings/every.rs")).expect("the source");
    let line = |line: &str| {
        let place = line.trim_start().strip_prefix("//# ").map(|code| code.parse().expect("a code"));
        match place.and_then(&allowed) {
            Some(code) => format!("#[kfp::allow({code})]\n"),
            None => format!("{line}\n"),
        }
    };
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.rs"));
    fs::write(&file, source.lines().map(line).collect::<String>()).expect("a file can be written");
    compiler.build_program(&file).unwrap_or_else(|errors| panic!("{errors}"))
}

/// The codes of what is said, each with whether it is an error.
fn said(compiler: &Compiler, program: &Path, deny: &str) -> Vec<(Code, bool)> {
    let text = compiler.run(program, deny);
    let code = |header: &str| header.split_once("[KFP")?.1.split_once(']')?.0.parse().ok();
    let mut said: Vec<_> =
        headers(&text).into_iter().filter_map(|(is_error, header)| Some((code(header)?, is_error))).collect();
    said.sort_unstable();
    said
}

fn without(left_out: impl Fn(usize) -> bool) -> Vec<(Code, bool)> {
    let left = WARNINGS.iter().enumerate().filter(|(index, _)| !left_out(*index));
    left.map(|(_, code)| (*code, false)).collect()
}

fn is_odd(index: usize) -> bool {
    index % 2 == 1
}

fn index(code: Code) -> usize {
    WARNINGS.iter().position(|known| *known == code).expect("a warning")
}

/// What is allowed where a warning can be.
type Allowed = fn(Code) -> Option<Code>;

#[test]
fn every_warning_is_said_and_can_be_allowed_or_denied() {
    let compiler = Compiler::new(Path::new(env!("CARGO_TARGET_TMPDIR")));
    if !compiler.version().starts_with(RUSTC) {
        #[allow(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("skipped: the cases are for {RUSTC}");
        }
        return;
    }
    let variants: [(&str, Allowed); 4] = [
        ("said", |_| None),
        ("odd", |code| is_odd(index(code)).then_some(code)),
        ("even", |code| (!is_odd(index(code))).then_some(code)),
        ("others", |code| Some(WARNINGS[(index(code) + 1) % WARNINGS.len()])),
    ];
    let programs = in_parallel(&variants, |(name, allowed)| program(&compiler, &format!("warnings_{name}"), allowed));
    let [plain, odd, even, others] = &programs[..] else { panic!("four programs") };
    let all = without(|_| false);
    assert_eq!(said(&compiler, plain, ""), all);
    assert_eq!(said(&compiler, odd, ""), without(is_odd));
    assert_eq!(said(&compiler, even, ""), without(|index| !is_odd(index)));
    assert_eq!(said(&compiler, others, ""), all, "only its own code takes a warning away");

    let denied: Vec<_> = all.iter().map(|(code, _)| (*code, true)).collect();
    assert_eq!(said(&compiler, plain, "warnings"), denied);
    in_parallel(WARNINGS, |code| {
        let expected: Vec<_> = all.iter().map(|(one, _)| (*one, one == code)).collect();
        assert_eq!(said(&compiler, plain, &code.to_string()), expected);
    });
}
