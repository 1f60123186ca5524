//! What a component becomes: an operation.

use super::container::{FileOutputs, file_outputs};
use super::container_options::lay_over_pod;
use super::value::shape;
use super::{
    Builder, ContainerOp, ContainerOptions, Editor, Handle, HasContainer, HasPod, KeywordList, Keywords, Kube,
    Operation, Param, PodOptions, Returned, Script, Target,
};
use crate::artifact::Artifact;
use crate::diagnostic::Place;
use crate::graph::kubernetes::Fields;
use crate::graph::{
    Archive, Container, InputKind, Op, OpBody, OpText, Options, Output, OutputKind, Shape, Stored, TemplateRef,
    TextPart,
};
use crate::registry;
use crate::runtime::{Failure, Invocation};
use crate::wire;

/// What a component needs to know of a type that travels by value. Made once for each input, so that a type that will
/// not do is one error.
#[derive(Debug)]
pub struct ParamType<T> {
    pub(super) shape: fn() -> Shape,
    pub(super) choices: fn() -> &'static [&'static str],
    pub(super) read: fn(&mut Invocation, &str) -> Result<T, Failure>,
}

impl<T> ParamType<T> {
    pub(super) const fn new() -> Self
    where
        T: Param,
    {
        Self { shape: shape::<T>, choices: wire::variants::<T>, read: Invocation::parameter::<T> }
    }
}

impl<T> Clone for ParamType<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for ParamType<T> {}

/// What a component or pipeline says of itself.
pub type Description = Option<&'static str>;

/// What came of a run inside the container.
pub type Ran = Result<(), Failure>;

/// The image of a component that the crate's own program runs, and the program.
pub type Program = (&'static str, &'static str);

/// A component, or a pipeline, which KFP calls a graph component: what its macro declares. All else is made of this.
///
/// rustc asks for it where it wants [`Keywords`], so the words are the same.
#[diagnostic::on_unimplemented(
    message = "[KFP109] the fields of `{Self}` are not known to pipelines",
    label = "derive `Outputs` for it"
)]
pub trait Component: Sized + 'static {
    /// A struct with a [`Keyword`](super::Keyword) for each input.
    type Names;
    /// It.
    const NAMES: Self::Names;
    /// All inputs, in order.
    const LIST: KeywordList;
    /// What its outputs are as a whole.
    type Returned: Returned;
    /// The outputs of its task, as fields.
    type Fields: Returned;
    /// Its name, as manifests have it.
    const NAME: &'static str;
    /// Where it was declared.
    const PLACE: Place;
    /// Its description.
    const DESCRIPTION: Description = None;
    /// What runs it.
    const PROGRAM: Program = ("", "");
    /// Its inputs and outputs with their types as text.
    const SIGNATURE: &'static str = "";

    /// Enters it into the graph, or finds it there.
    fn target(builder: &Builder) -> Target {
        Self::allow(builder);
        builder.component::<Self>(op::<Self>)
    }

    /// What a task of it runs, when its inputs are declared.
    fn declare(op: ComponentOp) -> Op {
        op.program::<Self::Returned>(Self::PROGRAM, Self::SIGNATURE)
    }

    /// Says which warnings are meant.
    fn allow(_: &Builder) {}

    /// Reads the inputs, calls the function, writes the outputs.
    fn run(_: Self::Names, _: &mut Invocation) -> Ran {
        unreachable!("the program does not run it")
    }
}

#[diagnostic::do_not_recommend]
impl<C: Component> Operation for C {
    type Outputs<'s> = <C::Fields as Returned>::Fields<'s>;
    type Returned = C::Returned;

    fn target(builder: &Builder) -> Target {
        C::target(builder)
    }

    fn outputs(node: Handle<'_>) -> Self::Outputs<'_> {
        C::Fields::fields(node, 0)
    }
}

#[diagnostic::do_not_recommend]
impl<C: Component> Keywords for C {
    type Names = C::Names;
    const NAMES: C::Names = C::NAMES;
    const LIST: KeywordList = C::LIST;
}

/// What a task of a component runs.
pub(crate) fn op<C: Component>() -> Op {
    C::declare(ComponentOp::new(C::NAME, C::DESCRIPTION, C::PLACE).with_inputs::<C>())
}

/// The operation of a component while it is being declared.
#[derive(Debug)]
pub struct ComponentOp(Op);

impl ComponentOp {
    /// A component without inputs and outputs.
    pub fn new(name: &str, description: Option<&str>, place: Place) -> Self {
        Self(Op {
            name: name.to_owned(),
            description: description.map(str::to_owned),
            place,
            inputs: Vec::new(),
            outputs: Vec::new(),
            body: OpBody::Container(Container::default()),
            options: Options::default(),
        })
    }

    fn with_inputs<C: Component>(mut self) -> Self {
        let placed = C::LIST.iter().filter_map(|spec| Some((u32::try_from(spec.index).ok()?, spec.placed()?)));
        self.0.options.placed = placed.collect();
        self.0.inputs = C::inputs();
        self
    }

    /// An `Output<A>`.
    pub fn output<A: Artifact>(mut self, name: &str) -> Self {
        let path = Output::default_path(name);
        self.0.outputs.push(Output { name: name.to_owned(), kind: OutputKind::Artifact { kind: A::TYPE, path } });
        self
    }

    /// How the file of the output that was declared last is kept.
    pub fn stored(mut self, archive: Option<Archive>, optional: bool, gc: Option<&str>) -> Self {
        let index = u32::try_from(self.0.outputs.len()).unwrap_or(1).saturating_sub(1);
        let stored = Stored { archive, optional, kept: None, gc: gc.map(str::to_owned) };
        self.0.options.stored.push((index, stored));
        self
    }

    /// Ends it: the crate's own program runs the function. The image defaults to `PACKAGE:VERSION`, the program to the
    /// package's name on `PATH`.
    pub fn program<R: Returned>(mut self, (image, program): Program, signature: &str) -> Op {
        self.0.outputs.extend(file_outputs::<R>(None));
        let component = format!("{}@{}", self.0.name, registry::fingerprint(signature));
        self.0.body = OpBody::Container(Container {
            image: OpText::from(image),
            command: [program, "kfp-exec", &component].map(OpText::from).into(),
            args: self.arguments(),
            ..Container::default()
        });
        self.0
    }

    /// Ends it: the source of the function, which is compiled when the container starts.
    pub fn script<R: Returned>(mut self, image: &str, script: &Script) -> Op {
        self.0.outputs.extend(file_outputs::<R>(None));
        let command = script.command(&self.0.name).map(|text| OpText(vec![TextPart::Literal(text)]));
        self.0.body = OpBody::Container(Container {
            image: OpText::from(image),
            command: command.into(),
            args: self.arguments(),
            ..Container::default()
        });
        self.0
    }

    /// `--INPUT VALUE .. -- --OUTPUT PATH ..`
    fn arguments(&self) -> Vec<OpText> {
        let mut args = Vec::new();
        for input in &self.0.inputs {
            args.push(OpText::from(format!("--{}", input.name)));
            args.push(OpText::from(match input.kind {
                InputKind::Parameter { .. } => OpText::marker(&input.name),
                InputKind::Artifact(_) => input.path(),
            }));
        }
        if !self.0.outputs.is_empty() {
            args.push(OpText::from("--"));
        }
        for output in &self.0.outputs {
            let (OutputKind::File { path, .. } | OutputKind::Artifact { path, .. }) = &output.kind else { continue };
            args.push(OpText::from(format!("--{}", output.name)));
            args.push(OpText::from(path.as_str()));
        }
        args
    }

    /// The output that was declared last is called otherwise in the template.
    pub fn renamed_output(mut self, name: &str) -> Self {
        self.0.outputs.iter_mut().next_back().into_iter().for_each(|output| name.clone_into(&mut output.name));
        self
    }

    /// Ends it: a template that is elsewhere; its only output by value may have another name there.
    pub fn template<R: Returned>(mut self, template: TemplateRef, output: Option<&str>) -> Op {
        self.0.outputs.extend(file_outputs::<R>(None));
        self.0.body = OpBody::Template(template);
        match output {
            Some(name) => self.renamed_output(name).0,
            None => self.0,
        }
    }

    /// Ends it: the pod that the function describes.
    pub fn container<O: FileOutputs>(mut self, pod: ContainerOp<O>) -> Op {
        let (body, options, outputs) = pod.into_parts();
        self.0.body = body;
        self.0.options = self.0.options.overlaid(&options);
        self.0.outputs.extend(outputs);
        self.0
    }
}

#[diagnostic::do_not_recommend]
impl HasPod for ComponentOp {}
#[diagnostic::do_not_recommend]
impl HasContainer for ComponentOp {}

/// The defaults that `#[component(cpu = .., memory = .., ..)]` declares.
impl PodOptions<'static> for ComponentOp {
    fn edit_options(mut self, change: impl FnOnce(&mut Editor<'_>)) -> Self {
        change(&mut Editor { options: &mut self.0.options, inputs: &[], extra: &mut Vec::new(), own: None });
        self
    }
}

impl ContainerOptions<'static> for ComponentOp {
    fn lay_over(self, fields: Kube<'static>) -> Self {
        lay_over_pod(self, fields)
    }

    fn container_fields(&self) -> Fields {
        self.0.options.container.clone()
    }
}
