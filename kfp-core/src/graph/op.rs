//! Operations: what a task runs.

use super::{Options, Placeholder, Shape, Suspend, mark};
use crate::diagnostic::Place;
use kfp_grammar::name::{is_rewritten, to_port};

/// What a task runs: a leaf template, but for the options that the task adds.
#[derive(Clone, PartialEq, Debug)]
pub struct Op {
    /// The name as the user wrote it.
    pub name: String,
    /// Its description, for what shows one.
    pub description: Option<String>,
    /// Where it was declared.
    pub place: Place,
    /// Its inputs, in order.
    pub inputs: Vec<Input>,
    /// Its outputs, in order.
    pub outputs: Vec<Output>,
    /// What runs.
    pub body: OpBody,
    /// What it says about its pod.
    pub options: Options,
}

/// An input of an operation, or a parameter of a pipeline.
#[derive(Clone, PartialEq, Debug)]
pub struct Input {
    /// The declared name, kept in the manifest.
    pub name: String,
    /// What it takes.
    pub kind: InputKind,
    /// Its description.
    pub description: Option<String>,
    /// The texts that it may be, for a parameter; none if it may be any.
    pub choices: Vec<String>,
}

impl Input {
    /// Where an artifact lies in the container.
    pub fn path(&self) -> String {
        Self::default_path(&self.name)
    }

    /// Where an artifact for the input of this name lies in the container.
    pub fn default_path(name: &str) -> String {
        format!("/tmp/inputs/{}/data", folder(name))
    }
}

impl Output {
    /// Where an output lies in the container unless the user says otherwise.
    pub fn default_path(name: &str) -> String {
        format!("/tmp/outputs/{}/data", folder(name))
    }
}

/// The folder of an input or an output, as KFP has it; of a name in another script, its name in the manifest.
fn folder(name: &str) -> String {
    if is_rewritten(name) {
        return to_port(name);
    }
    let allowed = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
    let mut folder = String::with_capacity(name.len());
    for character in name.chars() {
        if allowed(character) {
            folder.push(character);
        } else if !folder.ends_with('_') {
            folder.push('_');
        }
    }
    folder
}

/// What an input takes.
#[derive(Clone, PartialEq, Debug)]
pub enum InputKind {
    /// A text of this shape.
    Parameter {
        /// The shape (never an artifact).
        shape: Shape,
        /// The text that it has where nothing is passed.
        default: Option<String>,
    },
    /// An artifact of this type, placed at `/tmp/inputs/NAME/data`.
    Artifact(&'static str),
}

/// An output of an operation.
#[derive(Clone, PartialEq, Debug)]
pub struct Output {
    /// The declared name, kept in the manifest.
    pub name: String,
    /// What it gives, and from where.
    pub kind: OutputKind,
}

/// What an output gives, and from where.
#[derive(Clone, PartialEq, Debug)]
pub enum OutputKind {
    /// The text of a file in the container.
    File {
        /// The shape (never an artifact).
        shape: Shape,
        /// The file; `/tmp/outputs/NAME/data` unless the user says otherwise.
        path: String,
    },
    /// A field of the resource.
    JsonPath {
        /// The shape (never an artifact).
        shape: Shape,
        /// A JSONPath as kubectl has them, `{.metadata.name}`.
        path: String,
    },
    /// What a person supplies while the run is suspended.
    Supplied {
        /// The shape (never an artifact).
        shape: Shape,
        /// The texts that it may be; none if it may be any.
        choices: Vec<String>,
        /// The text that it is if nobody supplies one.
        default: Option<String>,
    },
    /// The body of the answer to a request.
    Answer {
        /// The shape (never an artifact).
        shape: Shape,
    },
    /// A file or a folder in the container.
    Artifact {
        /// The artifact's type.
        kind: &'static str,
        /// Where it is; `/tmp/outputs/NAME/data` unless the user says otherwise.
        path: String,
    },
}

/// What runs.
#[derive(Clone, PartialEq, Debug)]
pub enum OpBody {
    /// A pod.
    Container(Container),
    /// A change to a Kubernetes resource.
    Resource(Resource),
    /// A pause.
    Suspend(Suspend),
    /// A pod of several containers: those in the options.
    Set(ContainerSet),
    /// A request that Argo sends.
    Http(Http),
    /// A template that is elsewhere.
    Template(TemplateRef),
}

/// Several containers of one pod; what they are stands in the options.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ContainerSet {
    /// How often each is tried, and how long it waits in between.
    pub attempts: Option<(OpText, OpText)>,
}

/// A request that Argo sends, without a pod.
#[derive(Clone, PartialEq, Debug)]
pub struct Http {
    /// `GET`, `POST` and the like.
    pub method: &'static str,
    /// Where to.
    pub url: OpText,
    /// What is sent along.
    pub headers: Vec<Header>,
    /// What is sent.
    pub body: Option<OpText>,
    /// Seconds after which it has failed.
    pub timeout_seconds: Option<u32>,
    /// When it has succeeded.
    pub success_condition: Option<OpText>,
    /// Whether a certificate that nobody vouches for will do.
    pub insecure_skip_verify: bool,
}

/// A header of a request.
#[derive(Clone, PartialEq, Debug)]
pub struct Header {
    /// Its name.
    pub name: OpText,
    /// Its value, if it is in no secret.
    pub value: OpText,
    /// The secret and the key in it that its value is.
    pub secret: Option<(OpText, OpText)>,
}

/// A template of a WorkflowTemplate in the cluster. Argo's `templateRef`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TemplateRef {
    /// The name of the WorkflowTemplate.
    pub name: String,
    /// The name of the template in it.
    pub template: String,
    /// Whether it is a ClusterWorkflowTemplate.
    pub cluster_scope: bool,
}

/// The main container of a pod.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Container {
    /// The image.
    pub image: OpText,
    /// The command.
    pub command: Vec<OpText>,
    /// Whether an empty command means that of the image.
    pub image_command: bool,
    /// Its arguments.
    pub args: Vec<OpText>,
    /// The text of a script, a file that the command gets as its last argument.
    pub source: Option<OpText>,
    /// The working directory, the image's own if none.
    pub working_dir: Option<OpText>,
}

/// A change to a Kubernetes resource.
#[derive(Clone, PartialEq, Debug)]
pub struct Resource {
    /// What to do.
    pub action: ResourceAction,
    /// The manifest, as JSON with inputs in it.
    pub manifest: serde_json::Value,
    /// `strategic`, `merge` or `json`; for `patch`.
    pub merge_strategy: Option<String>,
    /// When it has succeeded.
    pub success_condition: Option<OpText>,
    /// When it has failed.
    pub failure_condition: Option<OpText>,
    /// Whether the workflow owns the resource, so that it goes with it.
    pub set_owner_reference: bool,
    /// Flags of kubectl.
    pub flags: Vec<OpText>,
}

/// What to do with a resource.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ResourceAction {
    /// `kubectl create`
    Create,
    /// `kubectl apply`
    Apply,
    /// `kubectl patch`
    Patch,
    /// `kubectl delete`
    Delete,
    /// `kubectl get`
    Get,
    /// `kubectl replace`
    Replace,
}

impl ResourceAction {
    /// Argo's word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Apply => "apply",
            Self::Patch => "patch",
            Self::Delete => "delete",
            Self::Get => "get",
            Self::Replace => "replace",
        }
    }
}

/// Text of an operation: what the user wrote, with inputs of the operation in it.
///
/// An [`Arg`](crate::dsl::Arg) shows itself as a mark; reading a `String` finds the marks.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct OpText(pub Vec<TextPart>);

/// A part of a text.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum TextPart {
    /// What the user wrote. A literal `{{` in it must reach the container as it is, or be refused.
    Literal(String),
    /// The text of an input parameter of the operation (or of [`Task::extra`](super::Task)).
    Parameter(String),
    /// What Argo knows of the run or of the pod.
    Placeholder(Placeholder),
    /// The text of a parameter of the main pipeline, in whatever pipeline the operation is.
    OfRun(String),
}

/// What stands in a mark or a hole for a parameter of the main pipeline: no name of an input has braces.
pub(crate) fn of_run(parameter: &str) -> String {
    format!("{{{{workflow.parameters.{parameter}}}}}")
}

/// The parameter of the main pipeline that stands there.
pub(crate) fn as_of_run(text: &str) -> Option<&str> {
    text.strip_prefix("{{workflow.parameters.")?.strip_suffix("}}")
}

impl OpText {
    /// The mark that stands for an input parameter in a `String`.
    pub fn marker(input: &str) -> String {
        mark::text(input)
    }

    /// The text with marks for the inputs, as a `String` holds it.
    pub fn marked(&self) -> String {
        let part = |part: &TextPart| match part {
            TextPart::Literal(text) => text.clone(),
            TextPart::Parameter(name) => Self::marker(name),
            TextPart::Placeholder(placeholder) => Self::marker(&placeholder.tags()),
            TextPart::OfRun(name) => Self::marker(&of_run(name)),
        };
        self.0.iter().map(part).collect()
    }

    /// The literal text, if there is no input in it.
    pub fn literal(&self) -> Option<String> {
        self.0.iter().map(|part| if let TextPart::Literal(text) = part { Some(text.as_str()) } else { None }).collect()
    }
}

impl From<&str> for OpText {
    fn from(text: &str) -> Self {
        let mut parts = Vec::new();
        for piece in mark::pieces(text) {
            parts.push(match piece {
                mark::Piece::Text(text) => TextPart::Literal(text.to_owned()),
                mark::Piece::Marked(name) => match Placeholder::of_tags(name) {
                    Some(placeholder) => TextPart::Placeholder(placeholder),
                    None => match as_of_run(name) {
                        Some(name) => TextPart::OfRun(name.to_owned()),
                        None => TextPart::Parameter(name.to_owned()),
                    },
                },
            });
        }
        Self(parts)
    }
}

impl From<String> for OpText {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn folders_are_those_of_kfp() {
        assert_eq!(super::folder("Out One"), "Out_One");
        assert_eq!(super::folder("a.b-c_d"), "a.b-c_d");
    }
}
