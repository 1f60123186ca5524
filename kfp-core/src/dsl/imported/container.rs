//! A component with a container, for what is given to it.

use super::{Piece, by_value, file_kind, shape};
use crate::diagnostic::{Diagnostic, Place};
use crate::dsl::task::Args;
use crate::dsl::{Builder, Target};
use crate::graph::{Input, InputKind, Op, OpBody, OpText, Operand, Options, Output, OutputKind, TextPart};
use kfp_grammar::Code;
use kfp_grammar::component::{self, Argument, Condition, Container};

/// An `if` over what nobody knows yet.
const CONDITION: Code = Code(268);

pub(super) fn instance(
    piece: Piece,
    container: &'static Container,
    builder: &Builder,
    args: Args,
    place: Place,
) -> (Target, Args) {
    let mut line = Line::new(piece, &args);
    let (command, arguments) = (line.texts(&container.command), line.texts(&container.args));
    if let Some((message, help)) = line.wrong.take() {
        builder.report(Diagnostic::error(CONDITION, place, message).help(help));
    }
    let Line { by_value: values, by_path: paths, key, .. } = line;
    let target = builder.variant(piece.key(key), |builder| {
        let op = op(piece, container, (command, arguments), &values, &paths);
        Target::Op(builder.edit(|graph| graph.ops(op)))
    });
    let inputs = &piece.component.inputs;
    let texts = values.iter().map(|&index| {
        let kind = inputs[index].kind.as_ref();
        args[index].clone().map(|operand| by_value(builder, operand, shape(kind)))
    });
    let files = paths.iter().map(|&index| args[index].clone());
    let args = texts.chain(files).collect();
    (target, args)
}

type Texts = (Vec<Vec<Part>>, Vec<Vec<Part>>);

fn op(piece: Piece, container: &'static Container, texts: Texts, values: &[usize], paths: &[usize]) -> Op {
    let inputs = inputs(piece, values, paths);
    let parts_of = |part: &Part| match part {
        Part::Text(text) => OpText::with_placeholders(text).0,
        Part::Value(index) => {
            let at = values.iter().position(|value| value == index).unwrap_or_default();
            vec![TextPart::Parameter(inputs[at].name.clone())]
        }
        Part::Path(index) => {
            let at = values.len() + paths.iter().position(|path| path == index).unwrap_or_default();
            vec![TextPart::Literal(inputs[at].path())]
        }
    };
    let texts_of = |texts: Vec<Vec<Part>>| -> Vec<OpText> {
        texts.iter().map(|parts| OpText(parts.iter().flat_map(parts_of).collect())).collect()
    };
    let body = crate::graph::Container {
        image: OpText(vec![TextPart::Literal(container.image.clone())]),
        command: texts_of(texts.0),
        args: texts_of(texts.1),
        image_command: container.command.is_empty(),
        ..crate::graph::Container::default()
    };
    Op {
        name: piece.name(),
        description: piece.component.description.clone(),
        place: piece.place,
        outputs: outputs(piece, container),
        body: OpBody::Container(body),
        options: options(piece, container),
        inputs,
    }
}

/// Those that are passed as text, then those that are passed as files.
fn inputs(piece: Piece, values: &[usize], paths: &[usize]) -> Vec<Input> {
    let declared = &piece.component.inputs;
    let names: Vec<&str> = values.iter().chain(paths).map(|&index| declared[index].name.as_str()).collect();
    let names = component::graph_names(&names, "input");
    let indices = values.iter().map(|index| (index, false)).chain(paths.iter().map(|index| (index, true)));
    let input = |((&index, is_file), name): ((&usize, bool), String)| {
        let input = &declared[index];
        let kind = match is_file {
            true => InputKind::Artifact(file_kind(input.kind.as_ref())),
            false => InputKind::Parameter { shape: shape(input.kind.as_ref()), default: None },
        };
        Input { name, kind, description: input.description.clone(), choices: Vec::new() }
    };
    indices.zip(names).map(input).collect()
}

fn outputs(piece: Piece, container: &Container) -> Vec<Output> {
    let declared = &piece.component.outputs;
    let names = output_names(piece);
    let output = |(output, name): (&'static component::Output, String)| {
        let own = container.file_outputs.iter().find(|(name, _)| *name == output.name);
        let path = own.map_or_else(|| Output::default_path(&name), |(_, path)| path.clone());
        let kind = OutputKind::Artifact { kind: file_kind(output.kind.as_ref()), path };
        Output { name: of_kfp(&name).unwrap_or(name), kind }
    };
    declared.iter().zip(names).map(output).collect()
}

fn output_names(piece: Piece) -> Vec<String> {
    let names: Vec<&str> = piece.component.outputs.iter().map(|output| output.name.as_str()).collect();
    component::graph_names(&names, "output")
}

/// The two outputs that the KFP UI looks for, however their names are written.
fn of_kfp(name: &str) -> Option<String> {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let name: String = name.chars().map(plain).collect();
    ["mlpipeline-ui-metadata", "mlpipeline-metrics"].contains(&name.as_str()).then_some(name)
}

fn options(piece: Piece, container: &Container) -> Options {
    let text = |(key, value): &(String, String)| (OpText::from(key.as_str()), OpText::with_placeholders(value));
    let variable = |(name, value): &(String, String)| serde_json::json!({ "name": name, "value": OpText::with_placeholders(value).marked() });
    let env: Vec<serde_json::Value> = container.env.iter().map(variable).collect();
    let mut fields = serde_json::Map::new();
    if !env.is_empty() {
        fields.insert("env".to_owned(), env.into());
    }
    Options {
        container: fields,
        annotations: piece.component.annotations.iter().map(text).collect(),
        labels: piece.component.labels.iter().map(text).collect(),
        max_cache_staleness: piece.component.is_volatile().then(|| "P0D".into()),
        ..Options::default()
    }
}

/// A part of a text of the command line.
#[derive(Clone)]
enum Part {
    Text(String),
    /// The text of an input, by its index.
    Value(usize),
    /// The path of an input.
    Path(usize),
}

/// The command line while it is put together.
struct Line<'a> {
    piece: Piece,
    args: &'a Args,
    output_paths: Vec<(String, String)>,
    by_value: Vec<usize>,
    by_path: Vec<usize>,
    /// All that was decided.
    key: String,
    wrong: Option<(String, &'static str)>,
}

impl<'a> Line<'a> {
    fn new(piece: Piece, args: &'a Args) -> Self {
        let outputs = &piece.component.outputs;
        let names = output_names(piece);
        let output_paths =
            outputs.iter().zip(names).map(|(output, name)| (output.name.clone(), Output::default_path(&name)));
        let output_paths = output_paths.collect();
        let key = args.iter().map(|arg| if arg.is_some() { '1' } else { '0' }).collect();
        Self { piece, args, output_paths, by_value: Vec::new(), by_path: Vec::new(), key, wrong: None }
    }

    fn texts(&mut self, arguments: &[Argument]) -> Vec<Vec<Part>> {
        let mut texts = Vec::new();
        for argument in arguments {
            self.argument(argument, &mut texts);
        }
        texts
    }

    /// Adds the texts of one argument: none of an input that is left out.
    fn argument(&mut self, argument: &Argument, texts: &mut Vec<Vec<Part>>) {
        match argument {
            Argument::Text(text) => texts.push(vec![Part::Text(text.clone())]),
            Argument::InputValue(name) => {
                if let Some(index) = self.given(name) {
                    note(&mut self.by_value, index);
                    texts.push(vec![Part::Value(index)]);
                }
            }
            Argument::InputPath(name) => {
                if let Some(index) = self.given(name) {
                    note(&mut self.by_path, index);
                    texts.push(vec![Part::Path(index)]);
                }
            }
            Argument::OutputPath(name) => {
                let path = self.output_paths.iter().find(|(known, _)| known == name);
                texts.extend(path.map(|(_, path)| vec![Part::Text(path.clone())]));
            }
            Argument::Concat(parts) => {
                let parts = self.texts(parts);
                texts.push(parts.into_iter().flatten().collect());
            }
            Argument::IsPresent(name) => {
                let text = if self.given(name).is_some() { "True" } else { "False" };
                texts.push(vec![Part::Text(text.to_owned())]);
            }
            Argument::If { condition, then, otherwise } => {
                let branch = if self.holds(condition) { then } else { otherwise };
                for argument in branch {
                    self.argument(argument, texts);
                }
            }
        }
    }

    fn given(&self, name: &str) -> Option<usize> {
        let index = self.piece.component.inputs.iter().position(|input| input.name == name)?;
        self.args[index].as_ref().map(|_| index)
    }

    fn holds(&mut self, condition: &Condition) -> bool {
        let name = match condition {
            Condition::Constant(flag) => return *flag,
            Condition::IsPresent(name) => return self.given(name).is_some(),
            Condition::InputValue(name) => name,
        };
        let Some(operand) = self.given(name).and_then(|index| self.args[index].as_ref()) else { return false };
        let truth = match operand {
            Operand::Literal(text) => component::truth(text),
            _ => None,
        };
        match (truth, operand) {
            (Some(truth), _) => self.key.push(if truth { 't' } else { 'f' }),
            (None, Operand::Literal(text)) => {
                let message =
                    format!("the input `{name}` chooses between arguments, and `{text}` is neither true nor false");
                self.wrong = Some((message, "pass `true` or `false`"));
            }
            (None, _) => {
                let message = format!(
                    "the input `{name}` chooses between arguments of `{}`, so it has to be known before the pipeline runs",
                    self.piece.name()
                );
                self.wrong = Some((
                    message,
                    "KFP refuses it as well; call it in both branches of an `if`, once with `true` and once with `false`",
                ));
            }
        }
        truth.unwrap_or_default()
    }
}

fn note(indices: &mut Vec<usize>, index: usize) {
    if !indices.contains(&index) {
        indices.push(index);
    }
}
