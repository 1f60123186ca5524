//! Manifests as YAML and JSON text.

use super::yaml;
use serde::ser::Serialize;
use serde_json::Value;
use serde_json::ser::Formatter;
use std::io;

/// Writes a manifest as a YAML document; the same value gives the same bytes.
///
/// The values of parameters are always quoted, the lines of a script are a block where no parser can misread it. The fields
/// of templates and tasks have a line each, and a list or a map in such a field stands on its line where it is short.
pub fn to_yaml<T: Serialize>(manifest: &T) -> String {
    yaml::document(manifest).or_else(|_| yaml::document(&to_value(manifest))).expect("every JSON value has a YAML text")
}

/// Writes a manifest as JSON on one line, in the order of its fields.
pub fn to_json<T: Serialize>(manifest: &T) -> String {
    let mut json = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut json, Readable);
    manifest.serialize(&mut serializer).expect("a manifest has string keys and no failing fields");
    String::from_utf8(json).expect("JSON is UTF-8")
}

/// JSON that is YAML as well, as which Argo reads it: characters that YAML does not allow, or takes for line ends, are
/// escaped.
struct Readable;

impl Formatter for Readable {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        let is_odd =
            |c: char| matches!(c, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
        while let Some((at, odd)) = rest.char_indices().find(|(_, c)| is_odd(*c)) {
            write!(writer, "{}\\u{:04x}", &rest[..at], u32::from(odd))?;
            rest = &rest[at + odd.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}

fn to_value<T: Serialize>(manifest: &T) -> Value {
    serde_json::to_value(manifest).expect("a manifest has string keys and no failing fields")
}

#[cfg(test)]
mod tests {
    use crate::argo::{
        Arguments, Container, Dag, Inputs, Parameter, Script, Spec, Suspend, Task, Template, Toleration, ValueFrom,
        Workflow,
    };

    #[test]
    fn a_person_can_read_it() {
        let message = |value: &str| Arguments {
            parameters: vec![Parameter {
                name: "message".to_owned(),
                value: Some(value.into()),
                ..Parameter::default()
            }],
            ..Arguments::default()
        };
        let main = Template {
            name: "main".to_owned(),
            dag: Some(Dag {
                tasks: vec![Task {
                    name: "say".to_owned(),
                    template: Some("say".to_owned()),
                    arguments: message("{{workflow.name}}"),
                    ..Task::default()
                }],
                ..Dag::default()
            }),
            ..Template::default()
        };
        let say = Template {
            name: "say".to_owned(),
            inputs: Inputs { parameters: message("hello").parameters, ..Inputs::default() },
            tolerations: vec![Toleration { toleration_seconds: Some(5), ..Toleration::default() }],
            script: Some(Box::new(Script {
                container: Container {
                    image: "busybox:1.36".to_owned(),
                    command: vec!["sh".to_owned(), "-e".to_owned()],
                    ..Container::default()
                },
                source: "echo \"$1\"\nexit 0\n".to_owned(),
            })),
            ..Template::default()
        };
        let pause = Template { name: "pause".to_owned(), suspend: Some(Suspend::default()), ..Template::default() };
        let spec = Spec { entrypoint: Some("main".to_owned()), templates: vec![main, say, pause], ..Spec::default() };
        assert_eq!(Workflow { spec, ..Workflow::default() }.to_yaml(), EXPECTED);
    }

    const EXPECTED: &str = r#"apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {}
spec:
  entrypoint: main
  templates:
  - name: main
    dag:
      tasks:
      - name: say
        template: say
        arguments: {parameters: [{name: message, value: "{{workflow.name}}"}]}
  - name: say
    inputs: {parameters: [{name: message, value: "hello"}]}
    tolerations: [{tolerationSeconds: 5}]
    script:
      image: busybox:1.36
      command: [sh, "-e"]
      source: |
        echo "$1"
        exit 0
  - name: pause
    suspend: {}
"#;

    #[test]
    fn numbers_for_strings_become_strings() {
        let text = "{apiVersion: argoproj.io/v1alpha1, kind: Workflow, spec: {arguments: {parameters: [\
                    {name: a, value: 1.50}, {name: b, value: yes}, {name: c, value: 007}, {name: d, value: ~}]}}}";
        let workflow = Workflow::from_yaml(text).expect("a workflow");
        let values: Vec<_> = workflow.spec.arguments.parameters.iter().map(|p| p.value.as_deref()).collect();
        assert_eq!(values, [Some("1.5"), Some("true"), Some("7"), None]);
    }

    #[test]
    fn a_default_of_nothing_is_written() {
        let parameter = Parameter {
            value_from: Some(Box::new(ValueFrom { default: Some("".into()), ..ValueFrom::default() })),
            value: Some("".into()),
            ..Parameter::default()
        };
        assert_eq!(super::to_json(&parameter), r#"{"value":"","valueFrom":{"default":""}}"#);
    }
}
