//! Values that are used where they do not exist.

use super::{ARTIFACT, CONTENT, FAILURES, OUTPUT, SCOPE, called, nodes};
use crate::diagnostic::{Diagnostic, Place};
use crate::graph::{
    BlockId, Condition, Contents, Graph, InputKind, Node, NodeId, NodeKind, Operand, PipelineId, Source, ValueId,
};
use crate::hash::HashMap;
use kfp_grammar::Code;

/// Finds values out of their blocks, artifacts that nobody gives to the main pipeline, and outputs that are not there.
pub(super) fn check(graph: &Graph, owners: &[Option<NodeId>], found: &mut Vec<Diagnostic>) {
    main_artifacts(graph, found);
    let mut checker = Checker { graph, owners, found, assumed: Vec::new(), given: None, stored: HashMap::default() };
    for (_, node) in nodes(graph) {
        checker.node(node);
    }
    for pipeline in &graph.pipelines {
        for (_, _, operand) in &pipeline.outputs {
            checker.given(operand, pipeline.body, pipeline.place);
        }
    }
}

fn main_artifacts(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let Some(main) = graph.pipelines.first() else { return };
    for param in &main.params {
        if let InputKind::Artifact(_) = param.kind {
            let message = format!("`{}` of the main pipeline is an artifact, and nobody passes it one", param.name);
            let help = "take a `String` such as its address, and let the first task fetch it";
            found.push(Diagnostic::error(ARTIFACT, main.place, message).help(help));
        }
    }
}

/// An output of a daemon.
const NO_OUTPUTS: Code = Code(278);
/// The address of a daemon that has ended.
const ADDRESS: Code = Code(279);

struct Checker<'g, 'f> {
    graph: &'g Graph,
    owners: &'g [Option<NodeId>],
    found: &'f mut Vec<Diagnostic>,
    /// The conditions of the choices that we are in.
    assumed: Vec<Condition>,
    /// The block that we are looking at the value of, if it is that.
    given: Option<BlockId>,
    /// Of the files whose text is read: whether one comes out of a store.
    stored: HashMap<ValueId, bool>,
}

impl Checker<'_, '_> {
    fn node(&mut self, node: &Node) {
        let (block, place) = (node.block, node.place);
        match &node.kind {
            NodeKind::Task(task) => {
                task.args.iter().flatten().for_each(|arg| self.operand(arg, block, place));
                task.extra.iter().for_each(|(_, arg)| self.operand(arg, block, place));
            }
            NodeKind::Call(call) => call.args.iter().flatten().for_each(|arg| self.operand(arg, block, place)),
            NodeKind::Branch(branch) => {
                for arm in &branch.arms {
                    arm.condition.iter().for_each(|condition| self.condition(condition, block, place));
                    arm.result.iter().for_each(|result| self.given(result, arm.block, place));
                }
            }
            NodeKind::Loop(each) => {
                self.operand(&each.items, block, place);
                each.collects.iter().for_each(|(_, operand)| self.given(operand, each.body, place));
            }
            NodeKind::Guard(guard) => {
                guard.extra.iter().for_each(|(_, operand)| self.operand(operand, block, place));
                guard.output.iter().for_each(|(_, operand)| self.given(operand, guard.body, place));
            }
        }
    }

    /// The value that a block gives to those outside of it.
    fn given(&mut self, operand: &Operand, block: BlockId, place: Place) {
        self.given = Some(block);
        self.operand(operand, block, place);
        self.given = None;
    }

    fn condition(&mut self, condition: &Condition, block: BlockId, place: Place) {
        match condition {
            Condition::Compare { left, right, .. } => {
                self.operand(left, block, place);
                self.operand(right, block, place);
            }
            Condition::Holds(value) => self.value(*value, block, place),
            Condition::Not(condition) => self.condition(condition, block, place),
            Condition::And(left, right) | Condition::Or(left, right) => {
                self.condition(left, block, place);
                self.condition(right, block, place);
            }
        }
    }

    fn operand(&mut self, operand: &Operand, block: BlockId, place: Place) {
        match operand {
            Operand::Literal(_) | Operand::Placeholder(_) => {}
            Operand::Value(value) => self.value(*value, block, place),
            Operand::List(elements) => elements.iter().for_each(|(element, _)| self.operand(element, block, place)),
            Operand::Json(operand, _) => self.operand(operand, block, place),
            Operand::Location(location) => location.operands().for_each(|part| self.operand(part, block, place)),
        }
    }

    fn value(&mut self, value: ValueId, block: BlockId, place: Place) {
        match &self.graph[value].source {
            Source::Param { pipeline, .. } => {
                if self.graph[block].pipeline != *pipeline {
                    let name = &self.graph[*pipeline].name;
                    self.out_of_scope(place, format!("a parameter of `{name}` is used in another pipeline"), None);
                }
            }
            Source::Output { node, index } => self.output(*node, *index, block, place),
            Source::Item(node) => self.item(*node, block, place),
            Source::Field { of, .. } => self.value(*of, block, place),
            Source::Content(of) => {
                self.content(*of, place);
                self.value(*of, block, place);
            }
            Source::Text(operands) => operands.iter().for_each(|operand| self.operand(operand, block, place)),
            Source::Range(ends) => ends.iter().for_each(|end| self.operand(end, block, place)),
            Source::Status(node) => self.status(*node, block, place),
            Source::ExitCode(node) => self.status(Some(*node), block, place),
            Source::Address(node) => self.address(*node, block, place),
            Source::Choice(choice) => {
                self.condition(&choice.condition, block, place);
                self.assumed.push(choice.condition.clone());
                self.operand(&choice.then, block, place);
                self.assumed.pop();
                self.operand(&choice.otherwise, block, place);
            }
            Source::Failures => self.failures(block, place),
        }
    }

    /// Those know the text of a file who write it, or pass it on.
    fn content(&mut self, of: ValueId, place: Place) {
        let graph = self.graph;
        let is_stored = *self.stored.entry(of).or_insert_with(|| {
            let mut contents = Contents::none(graph);
            contents.read(of);
            contents.is_stored
        });
        if is_stored {
            let message =
                "a file in a store, which no task of this pipeline writes, is passed to an input that takes text";
            let help = "let a task read the file, and pass what it gives";
            self.found.push(Diagnostic::error(CONTENT, place, message).help(help));
        }
    }

    fn output(&mut self, node: NodeId, index: u32, block: BlockId, place: Place) {
        if !self.is_within(block, self.graph[node].block) {
            let message =
                format!("a value of {} is used outside of the block that it is made in", called(self.graph, node));
            self.out_of_scope(place, message, Some(node));
        } else if !super::endings::may_read(self.graph, self.owners, node, block, &self.assumed) {
            self.found.push(super::endings::unread(self.graph, node, place));
        }
        if super::daemons::is_daemon(self.graph, node) {
            let message = format!("{} is a daemon, and a daemon has no outputs", called(self.graph, node));
            let error =
                Diagnostic::error(NO_OUTPUTS, place, message).related(self.graph[node].place, "it is started here");
            self.found.push(error.help("let it answer with them, or write them in a task that ends"));
        }
        let outputs = match &self.graph[node].kind {
            NodeKind::Task(task) => self.graph[task.op].outputs.len(),
            NodeKind::Call(call) => self.graph[call.pipeline].outputs.len(),
            NodeKind::Branch(branch) => usize::from(branch.output.is_some()),
            NodeKind::Loop(each) => usize::from(each.collects.is_some()),
            NodeKind::Guard(guard) => usize::from(guard.output.is_some()),
        };
        if index as usize >= outputs {
            let message = format!("{} has no output number {}", called(self.graph, node), index + 1);
            let error = Diagnostic::error(OUTPUT, place, message);
            self.found.push(error.related(self.graph[node].place, "it is made here").help("end its body in a value"));
        }
    }

    /// A daemon ends with its block, so that nobody outside has a use for its address.
    fn address(&mut self, node: NodeId, block: BlockId, place: Place) {
        if self.given == Some(self.graph[node].block) || !self.is_within(block, self.graph[node].block) {
            let message = format!(
                "the address of {} is used outside of the block that it stands in, where it has ended",
                called(self.graph, node)
            );
            let error =
                Diagnostic::error(ADDRESS, place, message).related(self.graph[node].place, "it is started here");
            self.found.push(error.help("start the daemon in the block around both"));
        }
    }

    fn item(&mut self, node: NodeId, block: BlockId, place: Place) {
        let inside = self.blocks_around(block).any(|block| self.owners[block.0 as usize] == Some(node));
        if !inside {
            self.out_of_scope(place, "the item of a `for` is used outside of it".to_owned(), Some(node));
        }
    }

    fn status(&mut self, node: Option<NodeId>, block: BlockId, place: Place) {
        let is_handler = |inner: BlockId| match node {
            None => self.graph[self.graph[inner].pipeline].exit_handlers.contains(&inner),
            Some(node) => match &self.graph[node] {
                Node { kind: NodeKind::Guard(guard), .. } => guard.handlers.iter().any(|hook| hook.block == inner),
                Node { ending, block, .. } => {
                    (ending.caught && inner == *block) || ending.hooks.iter().any(|hook| hook.block == inner)
                }
            },
        };
        if !self.blocks_around(block).any(is_handler) {
            self.out_of_scope(place, "`status` is used outside of the exit handler".to_owned(), node);
        }
    }

    fn failures(&mut self, block: BlockId, place: Place) {
        let graph = self.graph;
        let pipeline = graph[block].pipeline;
        let handlers = &graph[pipeline].exit_handlers;
        if pipeline != PipelineId(0) || !self.blocks_around(block).any(|block| handlers.contains(&block)) {
            let message =
                format!("`failures` exists for a whole run only, and `{}` is a part of one", graph[pipeline].name);
            let error = Diagnostic::error(FAILURES, place, message);
            self.found.push(error.help("use `status`, or move the handler to the main pipeline"));
        }
    }

    fn out_of_scope(&mut self, place: Place, message: String, node: Option<NodeId>) {
        let error = Diagnostic::error(SCOPE, place, message).help("give it out of its block as the block's value");
        let related = node.map(|node| (self.graph[node].place, "it is made here"));
        let error = match related {
            Some((place, what)) => error.related(place, what),
            None => error,
        };
        if !self.found.contains(&error) {
            self.found.push(error);
        }
    }

    fn blocks_around(&self, block: BlockId) -> impl Iterator<Item = BlockId> + '_ {
        let outer = |block: &BlockId| self.owners[block.0 as usize].map(|node| self.graph[node].block);
        std::iter::successors(Some(block), outer)
    }

    fn is_within(&self, inner: BlockId, outer: BlockId) -> bool {
        self.blocks_around(inner).any(|block| block == outer)
    }
}
