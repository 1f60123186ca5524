//! The program around the function: a prelude of what it needs, and a `main` that passes the arguments.

use super::{Passed, Script};
use std::fmt::Write;

const VALUES: &str = include_str!("prelude/values.rs");
const JSON: &str = include_str!("prelude/json.rs");
const FILES: &str = include_str!("prelude/files.rs");

/// The whole program. The function comes last, so that what is read first is how it is called.
pub(super) fn program(script: &Script, component: &str) -> String {
    let mut text = String::from("#![allow(warnings)]\n\n");
    text.push_str(&main(script, component));
    let used = |passed: &[Passed]| {
        script.params.iter().map(|(_, how)| how).chain(&script.returns).any(|how| passed.contains(how))
    };
    let has_files = used(&[Passed::Input, Passed::Output]);
    text.push_str("\nmod function {\nuse crate::kfp::{self, prelude::*};\n");
    if used(&[Passed::Serde]) {
        text.push_str("use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};\n");
    }
    for artifact in script.artifacts {
        let _ = writeln!(text, "pub enum {artifact} {{}}");
    }
    let names = if has_files { "Input, Output, Result" } else { "Result" };
    let _ = write!(text, "\n{}\n}}\n\n", script.source);
    let _ = write!(text, "mod kfp {{\npub mod prelude {{\n    pub use super::{{{names}}};\n}}\n\n{VALUES}");
    if used(&[Passed::Json]) {
        let _ = write!(text, "\n{JSON}");
    }
    if has_files {
        let _ = write!(text, "\n{FILES}");
    }
    text.push_str("}\n");
    text
}

fn main(script: &Script, component: &str) -> String {
    let mut text = format!("fn main() {{\n    let mut call = kfp::Call::new({component:?});\n");
    let mut arguments = Vec::new();
    for (index, (name, how)) in script.params.iter().enumerate() {
        let argument = match how {
            Passed::Scalar | Passed::Json => format!("call.value({name:?})"),
            Passed::Serde => format!("call.read({name:?}, serde_json::from_str(&call.text({name:?})))"),
            Passed::Input => format!("call.input({name:?})"),
            Passed::Output => format!("call.output({name:?})"),
        };
        let _ = writeln!(text, "    let argument_{index} = {argument};");
        arguments.push(format!("argument_{index}"));
    }
    let call = format!("function::{}({})", script.function, arguments.join(", "));
    let call = if script.fallible { format!("call.ended({call})") } else { call };
    let _ = writeln!(text, "    let returned = {call};");
    text.push_str("    call.finish();\n");
    match script.returns {
        Some(Passed::Serde) => text.push_str("    call.write(\"output\", serde_json::to_string(&returned));\n"),
        Some(_) => text.push_str("    call.write(\"output\", kfp::Value::to_text(&returned));\n"),
        None => {}
    }
    text.push_str("}\n");
    text
}
