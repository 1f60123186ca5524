//! Words that are put between the tokens of people, beside those that they have written elsewhere.

#[rustfmt::skip]
pub(crate) const STRANGE: &[&str] = &[
    "'a", "'_", "r#type", "r#fn", "_", "..", "..=", "=>", "->", "::", "#", "!", "?", "&", "&&", "|", "||", "@", "$",
    "~", "0", "1", "-1", "0xff_u8", "1e400", "9999999999999999999999", "1.0e5f32", "'x'", "b'x'", "\"\"", "\"{{x}}\"",
    "\"{\"", "\"{}\"", "\"{0}{x:?}{y:>5$}\"", "\"é\\u{10ffff}\\0\"", "r##\"raw\"##", "b\"bytes\"", "c\"c\"", "fn",
    "let", "mut", "if", "else", "match", "for", "in", "while", "loop", "return", "break", "continue", "async",
    "await", "unsafe", "const", "static", "dyn", "impl", "where", "move", "ref", "pub", "crate", "self", "Self",
    "super", "use", "struct", "enum", "trait", "type", "union", "macro_rules", "yield", "box", "true", "false",
    "host", "parallel", "on_exit", "default", "format", "vec", "ContainerOp", "ResourceOp", "Input", "Output",
    "Result", "Option", "Vec", "String", "naïve", "ß",
];
