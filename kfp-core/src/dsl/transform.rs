//! Op transformers: functions that see every operation of a run.

use super::container_options::lay_over_pod;
use super::value::shape;
use super::{Arg, ContainerEdit, ContainerOptions, Editor, HasContainer, HasPod, Kube, Param, PodOptions};
use crate::diagnostic::{Diagnostic, Place};
use crate::graph::kubernetes::Fields;
use crate::graph::{Container, Graph, Input, NodeKind, Op, OpBody, OpId, Operand, of_run};
use kfp_grammar::Code;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

/// A parameter that the pipeline does not have, or not of that type.
const PARAMETER: Code = Code(281);

/// An operation of a pipeline, in an op transformer: it has the options of a task, and those of its container.
#[derive(Clone, Debug)]
pub struct AnyOp(Op, Rc<Run>);

/// What an op transformer knows of the run.
#[derive(Debug)]
struct Run {
    /// The main pipeline and its parameters.
    pipeline: String,
    params: Vec<Input>,
    wrong: RefCell<Vec<Diagnostic>>,
    asked: RefCell<BTreeSet<String>>,
}

/// An op transformer.
pub(super) type Transformer = Rc<dyn Fn(AnyOp) -> AnyOp>;

impl AnyOp {
    /// Its name, as the user wrote it.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Whether it is a pod; a change to a Kubernetes resource is none.
    pub fn is_container(&self) -> bool {
        matches!(self.0.body, OpBody::Container(_))
    }

    /// The image of its container, if that is a constant.
    pub fn image_name(&self) -> Option<String> {
        match &self.0.body {
            OpBody::Container(container) => container.image.literal(),
            OpBody::Resource(_) | OpBody::Suspend(_) | OpBody::Set(_) | OpBody::Http(_) | OpBody::Template(_) => None,
        }
    }

    /// A parameter of the pipeline, by its name: taken wherever an argument of a component is, whatever pipeline the operation
    /// is in. KFP's `dsl.PipelineParam(name)` in an op transformer.
    ///
    /// The main pipeline has a parameter of this name and type, or an error says so here.
    ///
    /// ```
    /// use kfp_core::dsl::{AnyOp, PipelineConf, PodOptions};
    ///
    /// fn ours() -> PipelineConf {
    ///     PipelineConf::new().add_op_transformer(|op: AnyOp| {
    ///         let team = op.param::<String>("team");
    ///         op.add_pod_label("team", team)
    ///     })
    /// }
    /// ```
    #[track_caller]
    pub fn param<T: Param>(&self, name: &str) -> Arg<T> {
        let place = Place::caller();
        let run = &self.1;
        let wrong = match run.params.iter().find(|param| param.name == name) {
            None => {
                let known: Vec<String> = run.params.iter().map(|param| format!("`{}`", param.name)).collect();
                let help = match known.is_empty() {
                    true => "it has none".to_owned(),
                    false => format!("it has {}", known.join(", ")),
                };
                Some((format!("`{}` has no parameter `{name}`", run.pipeline), help))
            }
            Some(param) if !param.kind.shape().reads_as(&shape::<T>()) => {
                let message = format!("the parameter `{name}` of `{}` is of another type", run.pipeline);
                Some((message, "name its type, `op.param::<i64>(..)`".to_owned()))
            }
            Some(_) => None,
        };
        if let Some((message, help)) = wrong {
            let error = Diagnostic::error(PARAMETER, place, message).help(help);
            let mut wrong = run.wrong.borrow_mut();
            if !wrong.contains(&error) {
                wrong.push(error);
            }
        }
        run.asked.borrow_mut().insert(name.to_owned());
        Arg::input(&of_run(name))
    }

    /// The value of a label of its pod, if that is a constant.
    pub fn label(&self, key: &str) -> Option<String> {
        self.0
            .options
            .labels
            .iter()
            .find(|(known, _)| known.literal().as_deref() == Some(key))
            .and_then(|(_, text)| text.literal())
    }
}

#[diagnostic::do_not_recommend]
impl HasPod for AnyOp {}
#[diagnostic::do_not_recommend]
impl HasContainer for AnyOp {}

impl PodOptions<'static> for AnyOp {
    fn edit_options(mut self, change: impl FnOnce(&mut Editor<'_>)) -> Self {
        change(&mut Editor { options: &mut self.0.options, inputs: &self.0.inputs, extra: &mut Vec::new(), own: None });
        self
    }
}

/// Without effect on what is no container.
impl ContainerOptions<'static> for AnyOp {
    fn lay_over(self, fields: Kube<'static>) -> Self {
        if self.is_container() { lay_over_pod(self, fields) } else { self }
    }

    fn container_fields(&self) -> Fields {
        self.0.options.container.clone()
    }
}

/// Without effect on what is no container.
impl ContainerEdit<'static> for AnyOp {
    fn edit_container(mut self, change: impl FnOnce(&mut Container, &mut Vec<(Input, Operand)>)) -> Self {
        if let OpBody::Container(container) = &mut self.0.body {
            change(container, &mut Vec::new());
        }
        self
    }
}

/// Applies the transformers to every operation as its tasks have it. A task with options of its own gets an operation of
/// its own, since a transformer has the last word.
pub(super) fn transform(graph: &mut Graph, transformers: &[Transformer]) {
    if transformers.is_empty() {
        return;
    }
    let main = graph.pipelines.first();
    let run = Rc::new(Run {
        pipeline: main.map(|main| main.name.clone()).unwrap_or_default(),
        params: main.map(|main| main.params.clone()).unwrap_or_default(),
        wrong: RefCell::default(),
        asked: RefCell::default(),
    });
    let apply = |op: Op| transformers.iter().fold(AnyOp(op, Rc::clone(&run)), |op, transformer| transformer(op)).0;
    let mut own = Vec::new();
    for node in &mut graph.nodes {
        let NodeKind::Task(task) = &mut node.kind else { continue };
        if let Some(options) = task.options.take() {
            let mut op = graph.ops[task.op.0 as usize].clone();
            op.options = op.options.overlaid(&options);
            op.place = node.place;
            task.op = OpId(u32::try_from(graph.ops.len() + own.len()).unwrap_or(u32::MAX));
            own.push(op);
        }
    }
    graph.ops.extend(own);
    graph.ops = std::mem::take(&mut graph.ops).into_iter().map(apply).collect();
    graph.diagnostics.extend(run.wrong.take());
    graph.asked = run.asked.take();
}
