//! `NAME[@FINGERPRINT] --input value .. -- --output path ..`

use super::Failure;
use super::failure::COMMAND_LINE;
use std::ffi::OsString;

/// A command line of `kfp-exec`, taken apart. Values may be any text, `--` and `--depth` included: every flag is
/// followed by exactly one.
#[derive(Debug)]
pub(super) struct CommandLine {
    pub component: String,
    pub fingerprint: Option<String>,
    pub inputs: Vec<(String, String)>,
    pub outputs: Vec<(String, String)>,
}

impl CommandLine {
    pub(super) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Self, Failure> {
        let mut args = args.into_iter().map(text);
        let component = args.next().transpose()?.ok_or_else(|| refuse("the name of a component is missing"))?;
        let (component, fingerprint) = match component.rsplit_once('@') {
            Some((name, fingerprint)) => (name.to_owned(), Some(fingerprint.to_owned())),
            None => (component, None),
        };
        let mut line = Self { component, fingerprint, inputs: Vec::new(), outputs: Vec::new() };
        let mut in_outputs = false;
        while let Some(flag) = args.next().transpose()? {
            if flag == "--" && !in_outputs {
                in_outputs = true;
                continue;
            }
            let Some(name) = flag.strip_prefix("--").filter(|name| !name.is_empty()) else {
                return Err(refuse(format!("expected a flag such as `--depth`, found {flag:?}")));
            };
            let value = args.next().transpose()?.ok_or_else(|| refuse(format!("`--{name}` has no value")))?;
            let list = if in_outputs { &mut line.outputs } else { &mut line.inputs };
            if list.iter().any(|(earlier, _)| earlier == name) {
                return Err(refuse(format!("`--{name}` is given twice")));
            }
            list.push((name.to_owned(), value));
        }
        Ok(line)
    }
}

fn text(arg: OsString) -> Result<String, Failure> {
    arg.into_string().map_err(|arg| refuse(format!("the argument `{}` is not UTF-8", arg.display())))
}

fn refuse(message: impl AsRef<str>) -> Failure {
    Failure::new(COMMAND_LINE, 2, format!("kfp-exec: {}", message.as_ref()))
        .help("kfp-exec NAME --INPUT VALUE .. -- --OUTPUT PATH ..")
}
