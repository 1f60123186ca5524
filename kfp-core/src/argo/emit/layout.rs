//! What has to be known of the whole graph before the first template is written: what becomes a task at all, what it is
//! called, and what it waits for in its own DAG.

use super::naming::{Unique, kebab};
use crate::graph::{BlockId, Contents, Graph, Node, NodeId, NodeKind, OpId, Operand, PipelineId, Shape, Source};
use crate::hash::HashSet;
use kfp_grammar::name::to_kebab;

/// The plan of the manifest.
#[derive(Debug)]
pub(crate) struct Layout<'g> {
    /// For each node whether it becomes a task. A group without tasks does not.
    pub(crate) emitted: Vec<bool>,
    /// For each node its tasks: one, but for a branch without a value, which has one for each arm with tasks.
    pub(crate) tasks: Vec<Vec<String>>,
    /// For each node what `.after` asks for, in its own block.
    pub(crate) waits: Vec<Vec<NodeId>>,
    /// The inputs of operations that some task leaves to their defaults.
    pub(crate) op_defaults: HashSet<(OpId, usize)>,
    /// The parameters of pipelines that some call leaves to their defaults.
    pub(crate) pipeline_defaults: HashSet<(PipelineId, usize)>,
    /// The loops of whose items fields are read.
    pub(crate) item_fields: HashSet<NodeId>,
    /// The files whose text somebody reads.
    pub(crate) contents: Contents<'g>,
}

impl<'g> Layout<'g> {
    /// Plans.
    pub(crate) fn new(graph: &'g Graph) -> Self {
        let owners = owners(graph);
        let emitted = emitted(graph, &owners);
        let (op_defaults, pipeline_defaults) = defaults(graph);
        Self {
            tasks: tasks(graph, &emitted),
            waits: waits(graph, &owners),
            emitted,
            op_defaults,
            pipeline_defaults,
            item_fields: item_fields(graph),
            contents: Contents::of(graph),
        }
    }

    /// Whether a node becomes a task.
    pub(crate) fn is_emitted(&self, node: NodeId) -> bool {
        self.emitted[node.0 as usize]
    }

    /// Whether a block has tasks.
    pub(crate) fn has_tasks(&self, graph: &Graph, block: BlockId) -> bool {
        graph[block].nodes.iter().any(|node| self.is_emitted(*node))
    }

    /// The task of a node.
    pub(crate) fn task(&self, node: NodeId) -> &str {
        self.tasks[node.0 as usize].first().map_or("", String::as_str)
    }
}

/// The blocks of a node.
pub(crate) fn blocks(node: &Node) -> Vec<BlockId> {
    match &node.kind {
        NodeKind::Task(_) | NodeKind::Call(_) => node.ending.hooks.iter().map(|hook| hook.block).collect(),
        NodeKind::Branch(branch) => branch.arms.iter().map(|arm| arm.block).collect(),
        NodeKind::Loop(each) => vec![each.body],
        NodeKind::Guard(guard) => {
            std::iter::once(guard.body).chain(guard.handlers.iter().map(|hook| hook.block)).collect()
        }
    }
}

/// All nodes with their ids.
pub(crate) fn nodes(graph: &Graph) -> impl DoubleEndedIterator<Item = (NodeId, &Node)> {
    graph.nodes.iter().enumerate().map(|(index, node)| (NodeId(u32::try_from(index).unwrap_or(u32::MAX)), node))
}

/// For each block the node that it belongs to.
pub(crate) fn owners(graph: &Graph) -> Vec<Option<NodeId>> {
    let mut owners = vec![None; graph.blocks.len()];
    for (id, node) in nodes(graph) {
        for block in blocks(node) {
            owners[block.0 as usize] = Some(id);
        }
    }
    owners
}

/// A task makes itself and all groups around it tasks. So does a choice of an artifact: Argo takes no expression as an
/// argument that is an artifact, only as an output.
pub(crate) fn emitted(graph: &Graph, owners: &[Option<NodeId>]) -> Vec<bool> {
    let mut emitted = vec![false; graph.nodes.len()];
    for (id, node) in nodes(graph) {
        let is_task = match &node.kind {
            NodeKind::Task(_) | NodeKind::Call(_) => true,
            NodeKind::Branch(branch) => matches!(branch.output, Some(Shape::Artifact(_))),
            NodeKind::Loop(_) | NodeKind::Guard(_) => false,
        };
        if is_task {
            let mut next = Some(id);
            while let Some(id) = next {
                if std::mem::replace(&mut emitted[id.0 as usize], true) {
                    break;
                }
                next = owners[graph[id].block.0 as usize];
            }
        }
    }
    emitted
}

/// What the user named is named first, so that a generated name never takes a name of the user's.
fn tasks(graph: &Graph, emitted: &[bool]) -> Vec<Vec<String>> {
    let mut tasks = vec![Vec::new(); graph.nodes.len()];
    let mut names: Vec<Unique> = graph.pipelines.iter().map(|_| Unique::default()).collect();
    let is_named = |kind: &NodeKind| matches!(kind, NodeKind::Task(_) | NodeKind::Call(_));
    // Those of exit handlers come last, wherever they were written.
    let (last, mut order): (Vec<_>, Vec<_>) = nodes(graph).partition(|(_, node)| is_in_exit_handler(graph, node.block));
    order.extend(last);
    for (id, node) in order.iter().copied().filter(|(_, node)| is_named(&node.kind)) {
        let pipeline = graph[node.block].pipeline.0 as usize;
        let name = kebab(&node.name);
        tasks[id.0 as usize].push(names[pipeline].take(if name.is_empty() { "task" } else { &name }));
    }
    // Groups are numbered through the graph, for their templates have the same names.
    let mut groups = Unique::default();
    groups_known(&mut groups, &tasks);
    for (id, node) in order.into_iter().filter(|(id, _)| emitted[id.0 as usize]) {
        let own = &mut tasks[id.0 as usize];
        let mut number = |kind: &str| groups.number(&group_name(node, kind));
        match &node.kind {
            NodeKind::Task(_) | NodeKind::Call(_) => {}
            NodeKind::Branch(branch) if branch.output.is_some() => own.push(number("one-of")),
            NodeKind::Branch(branch) => own.extend(branch.arms.iter().map(|_| String::new())),
            NodeKind::Loop(_) => own.push(number("for-loop")),
            NodeKind::Guard(guard) if guard.handlers.is_empty() => own.push(number("block")),
            NodeKind::Guard(_) => own.push(number("exit-handler")),
        }
        if let NodeKind::Branch(branch) = &node.kind
            && branch.output.is_none()
        {
            for (arm, name) in branch.arms.iter().zip(own) {
                if graph[arm.block].nodes.iter().any(|node| emitted[node.0 as usize]) {
                    *name = number("condition");
                }
            }
        }
    }
    tasks
}

/// `condition`, or `condition-NAME` if the user named it.
pub(super) fn group_name(node: &Node, kind: &str) -> String {
    if node.name.is_empty() { kind.to_owned() } else { format!("{kind}-{}", to_kebab(&node.name)) }
}

fn is_in_exit_handler(graph: &Graph, block: BlockId) -> bool {
    let outermost = std::iter::successors(Some(block), |block| graph[*block].parent).last().unwrap_or(block);
    graph[graph[block].pipeline].exit_handlers.contains(&outermost)
}

fn groups_known(groups: &mut Unique, tasks: &[Vec<String>]) {
    let generated = ["condition-", "for-loop-", "exit-handler-", "one-of-", "block-", "on-exit"];
    for name in tasks.iter().flatten() {
        if generated.iter().any(|prefix| name.starts_with(prefix)) {
            groups.take(name);
        }
    }
}

/// Lifts each `.after` to the block that both sides are in: what waits there is whatever holds the one, for what holds the
/// other.
fn waits(graph: &Graph, owners: &[Option<NodeId>]) -> Vec<Vec<NodeId>> {
    let mut waits = vec![Vec::new(); graph.nodes.len()];
    for (id, node) in nodes(graph) {
        for &other in &node.after {
            if let Some((id, other)) = siblings(graph, owners, id, other)
                && id != other
            {
                waits[id.0 as usize].push(other);
            }
        }
    }
    waits
}

/// The ancestors (or selves) of two nodes in their lowest common block.
pub(crate) fn siblings(
    graph: &Graph,
    owners: &[Option<NodeId>],
    one: NodeId,
    other: NodeId,
) -> Option<(NodeId, NodeId)> {
    let path = |node: NodeId| -> Vec<NodeId> {
        let mut path: Vec<_> =
            std::iter::successors(Some(node), |node| owners[graph[*node].block.0 as usize]).collect();
        path.reverse();
        path
    };
    if graph[one].block == graph[other].block {
        return Some((one, other));
    }
    let (one, other) = (path(one), path(other));
    let common = |pair: &(&NodeId, &NodeId)| graph[*pair.0].block == graph[*pair.1].block;
    one.iter().zip(&other).take_while(common).last().map(|(one, other)| (*one, *other))
}

type Defaults = (HashSet<(OpId, usize)>, HashSet<(PipelineId, usize)>);

fn defaults(graph: &Graph) -> Defaults {
    let mut defaults = Defaults::default();
    let omitted = |args: &[Option<Operand>]| -> Vec<usize> {
        args.iter().enumerate().filter(|(_, arg)| arg.is_none()).map(|(index, _)| index).collect()
    };
    for node in &graph.nodes {
        match &node.kind {
            NodeKind::Task(task) => defaults.0.extend(omitted(&task.args).into_iter().map(|index| (task.op, index))),
            NodeKind::Call(call) => {
                defaults.1.extend(omitted(&call.args).into_iter().map(|index| (call.pipeline, index)));
            }
            _ => {}
        }
    }
    defaults
}

fn item_fields(graph: &Graph) -> HashSet<NodeId> {
    let item = |value: &crate::graph::Value| match &value.source {
        Source::Field { of, .. } => match graph[*of].source {
            Source::Item(node) => Some(node),
            _ => None,
        },
        _ => None,
    };
    graph.values.iter().filter_map(item).collect()
}
