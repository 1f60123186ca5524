//! Strings that YAML parsers are known to misread, and a workflow that holds strings wherever a user's can get.

use kfp_core::argo::{
    Arguments, Container, EnvVar, Inputs, Metadata, ObjectMeta, Parameter, Spec, Template, ValueFrom, Workflow,
};
use std::collections::BTreeMap;

/// One by one: other parsers read each of these as something else, in one place or the other.
#[rustfmt::skip]
pub const STRINGS: &[&str] = &[
    // booleans and nulls of YAML 1.1
    "on", "On", "ON", "off", "OFF", "yes", "Yes", "no", "NO", "y", "Y", "n", "N", "true", "True", "TRUE", "false",
    "null", "Null", "NULL", "~", "",
    // numbers, dates and times
    "0", "-1", "+1", "1.", ".5", "1e3", "1E+3", "e3", "E10", "0o7", "0O7", "0777", "08", "0x1F", "0X1F", "0b1",
    "1_000", "1_000.5", "0_", "1__0", "12_", "_1", "1:30", "190:20:30", "2001-01-01", "2001-12-14t21:59:43.10-05:00",
    ".inf", "-.INF", "+.inf", ".nan", ".NaN", "nan", "inf", "Infinity", "12345678901234567890", "1e999", "0.1e-7",
    // indicators
    "=", "<<", "-", "- a", "--", "---", "--- a", "...", "?", "? x", ":", ": x", "a: b", "a:", "a :b", "a:b", "#",
    "#c", "a #c", "a#c", "%d", "%YAML 1.2", "@x", "`x`", "!", "!!str x", "&", "& a", "&a", "*", "* b", "*a", "|",
    "| x", ">", "> x", ">-", ",", "[", "[]", "[a", "]", "{", "{}", "{a", "}", "'", "''", "'x'", "\"", "\"x\"", "\\",
    "\\n", "a\\", "it's", "say \"hi\"", "{{x}}", "{{inputs.parameters.x}}", "{{='a' == \"b\"}}", "{\"a\": [1, 2]}",
    "[1, 2]", "${HOME}", "$(date)",
    // spaces, tabs and line ends
    " ", "  ", " a", "a ", "a  b", "\t", "\ta", "a\t", "a\tb", "\n", "\n\n", "a\n", "a\n\n", "\na", "\n a", "a\nb",
    "a\nb\n", "a\n\nb", "a\n b\nc", " a\nb", "\ta\nb", "a \nb", "a\t\nb", "a\n\tb", "  \n  ", "a\n \n", "\r",
    "a\r\nb\r\n", "a\rb", "a\n# no comment\nb", "a\n---\nb\n", "a\n...\nb", "---\na: b\n",
    "set -e\necho \"$1\" | tee /tmp/x\n", "import sys\nif True:\n    print(\"a: b\")\n\n    print('c')\n",
    // characters
    "\0", "\u{1}", "\u{7}", "\u{8}", "\u{b}", "\u{c}", "\u{1b}[31m", "\u{7f}", "\u{80}", "\u{85}", "a\u{85}b",
    "\u{9f}", "\u{a0}", "a\u{a0}b", "\u{ad}", "\u{200b}", "\u{2028}", "a\u{2028}b", "\u{2029}", "a\nb\u{2029}",
    "\u{d7ff}", "\u{e000}", "\u{fdd0}", "\u{fdd0}x\u{fdd0}", "\u{fdd1}x\u{fdd1}", "\u{feff}", "\u{feff}a", "a\u{feff}b", "a\nb\u{feff}",
    "\u{fffd}", "\u{fffe}",
    "\u{ffff}", "\u{1f600}", "emoji \u{1f600}", "a\n\u{1f600}\n", "\u{1f3f4}\u{e0067}\u{e007f}", "\u{10ffff}", "é",
    "e\u{301}", "日本", "a\n日本\n", "\u{202e}abc",
];

/// Pieces that strings at random are made of.
#[rustfmt::skip]
pub const PIECES: &[&str] = &[
    " ", "  ", "\t", "\n", "\n\n", "\r\n", "\r", "a", "b c", "0", "1", "12", ".", "-", "- ", "_", "e", "E3", "x",
    "0x", "on", "no", "y", "null", "~", ":", ": ", "#", " #", "%", "@", "`", "!", "&", "*", "|", ">", ">-", "?", ",",
    "[", "]", "{", "}", "{{", "}}", "'", "\"", "\\", "=", "<<", "---", "...", "/", "\0", "\u{7}", "\u{1b}", "\u{7f}",
    "\u{85}", "\u{a0}", "\u{2028}", "\u{2029}", "\u{feff}", "\u{ffff}", "\u{1f600}", "é", "日",
];

/// Strings at random, the same ones on every machine.
pub fn random(count: usize) -> Vec<String> {
    let mut next = numbers(0x9e37_79b9_7f4a_7c15);
    (0..count).map(|_| (0..=next(7)).map(|_| PIECES[next(PIECES.len())]).collect()).collect()
}

/// Strings of any characters: of ASCII, of what is near the pieces, and of all of Unicode.
pub fn of_characters(seed: u64, count: usize) -> Vec<String> {
    let mut next = numbers(seed);
    let character = |next: &mut dyn FnMut(usize) -> usize| {
        let number = match next(4) {
            0 | 1 => next(0x80),
            2 => next(0x3000),
            _ => next(0x11_0000),
        };
        u32::try_from(number).ok().and_then(char::from_u32).unwrap_or('x')
    };
    (0..count).map(|_| (0..=next(12)).map(|_| character(&mut next)).collect()).collect()
}

/// Numbers below what is asked: xorshift64, good enough to pick pieces, and no other version of it will ever pick others.
fn numbers(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed.max(1);
    move |below| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).expect("31 bits") % below
    }
}

/// A workflow with each of the strings in every place that a user's string can get to: values and defaults of
/// parameters, command, arguments, environment, labels and annotations with their keys.
pub fn workflow<S: AsRef<str>>(strings: &[S]) -> Workflow {
    let strings: Vec<String> = strings.iter().map(|text| text.as_ref().to_owned()).collect();
    let by_key: BTreeMap<String, String> = strings.iter().map(|text| (text.clone(), text.clone())).collect();
    Workflow {
        metadata: ObjectMeta {
            name: Some("odd".to_owned()),
            labels: by_key.clone(),
            annotations: by_key.clone(),
            ..ObjectMeta::default()
        },
        spec: Spec {
            entrypoint: Some("main".to_owned()),
            arguments: Arguments {
                parameters: strings.iter().map(|text| passed(text)).collect(),
                ..Arguments::default()
            },
            // All of them, in lists and maps that go over many lines, and a few at a time, which stand on one.
            templates: std::iter::once(template(&strings, by_key)).chain(strings.chunks(3).map(few)).collect(),
            ..Spec::default()
        },
        ..Workflow::default()
    }
}

fn few(strings: &[String]) -> Template {
    template(strings, strings.iter().map(|text| (text.clone(), text.clone())).collect())
}

fn passed(text: &str) -> Parameter {
    Parameter { name: "p".to_owned(), value: Some(text.into()), ..Parameter::default() }
}

fn declared(text: &str) -> Parameter {
    Parameter {
        name: "p".to_owned(),
        default: Some(text.into()),
        choices: vec![text.into()],
        value_from: Some(Box::new(ValueFrom { path: Some(text.to_owned()), ..ValueFrom::default() })),
        ..Parameter::default()
    }
}

fn template(strings: &[String], by_key: BTreeMap<String, String>) -> Template {
    Template {
        name: "main".to_owned(),
        metadata: Metadata { labels: by_key.clone(), annotations: by_key, ..Metadata::default() },
        inputs: Inputs { parameters: strings.iter().map(|text| declared(text)).collect(), ..Inputs::default() },
        container: Some(Box::new(Container {
            image: "busybox".to_owned(),
            command: strings.to_vec(),
            args: strings.to_vec(),
            env: strings
                .iter()
                .map(|text| EnvVar { name: text.clone(), value: Some(text.clone()), ..EnvVar::default() })
                .collect(),
            ..Container::default()
        })),
        ..Template::default()
    }
}
