//! The graph while it is being built.

use super::transform::{Transformer, transform};
use super::{Args, Keywords, Operation, PipelineConf, PipelineFn};
use crate::diagnostic::{Allowed, Diagnostic, Place};
use crate::graph::{
    self, Block, BlockId, Conf, Ending, Graph, Input, Node, NodeId, NodeKind, Op, OpId, Operand, Pipeline, PipelineId,
    Shape, Source, Value as Entered, ValueId,
};
use std::any::TypeId;
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;

/// What a call runs.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// A component.
    Op(OpId),
    /// A pipeline.
    Pipeline(PipelineId),
}

/// The graph while it is being built. A component and a called pipeline are entered once, however often they are called.
#[derive(Default)]
pub struct Builder {
    graph: RefCell<Graph>,
    targets: RefCell<HashMap<TypeId, Target>>,
    /// Imported components, by their address and what was given to them.
    variants: RefCell<HashMap<(usize, String), Target>>,
    /// Those of the main pipeline.
    transformers: RefCell<Vec<Transformer>>,
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("graph", &self.graph).finish_non_exhaustive()
    }
}

impl Builder {
    /// Builds the graph of a pipeline.
    pub fn graph<P: PipelineFn>() -> Graph {
        let builder = Self::default();
        builder.pipeline::<P>();
        let mut graph = builder.graph.into_inner();
        transform(&mut graph, &builder.transformers.into_inner());
        graph
    }

    /// The operation of a component.
    pub fn component<C: Operation>(&self, op: impl FnOnce() -> Op) -> Target {
        self.target::<C>(|builder| {
            let op = op();
            Target::Op(builder.edit(|graph| graph.ops(op)))
        })
    }

    /// A pipeline, built if it is met for the first time; one that calls itself finds itself entered.
    pub fn pipeline<P: PipelineFn>(&self) -> Target {
        let key = TypeId::of::<P>();
        if let Some(target) = self.targets.borrow().get(&key) {
            return *target;
        }
        let PipelineConf { conf, transformers, .. } = P::conf();
        let description = P::DESCRIPTION.map(str::to_owned);
        let (id, body) = self.open(P::NAME.to_owned(), description, P::PLACE, P::inputs());
        self.edit(|graph| graph[id].conf = conf);
        if id == PipelineId(0) {
            *self.transformers.borrow_mut() = transformers;
        }
        self.targets.borrow_mut().insert(key, Target::Pipeline(id));
        P::build(&super::Scope::new(self, body));
        Target::Pipeline(id)
    }

    /// Enters a pipeline with an empty body.
    pub(super) fn open(
        &self,
        name: String,
        description: Option<String>,
        place: Place,
        params: Vec<Input>,
    ) -> (PipelineId, BlockId) {
        self.edit(|graph| {
            let id = graph.pipelines(Pipeline {
                name,
                description,
                place,
                params,
                outputs: Vec::new(),
                body: BlockId(0),
                exit_handlers: Vec::new(),
                conf: Conf::default(),
            });
            let body = graph.blocks(Block { pipeline: id, parent: None, nodes: Vec::new() });
            graph[id].body = body;
            (id, body)
        })
    }

    fn target<C: Operation>(&self, make: impl FnOnce(&Self) -> Target) -> Target {
        let key = TypeId::of::<C>();
        if let Some(target) = self.targets.borrow().get(&key) {
            return *target;
        }
        let target = make(self);
        self.targets.borrow_mut().insert(key, target);
        target
    }

    /// Changes the graph.
    pub fn edit<T>(&self, change: impl FnOnce(&mut Graph) -> T) -> T {
        change(&mut self.graph.borrow_mut())
    }

    /// Reads the graph.
    pub fn read<T>(&self, look: impl FnOnce(&Graph) -> T) -> T {
        look(&self.graph.borrow())
    }

    /// Enters a value.
    pub fn value(&self, source: Source, shape: Shape) -> ValueId {
        self.edit(|graph| graph.values(Entered { source, shape }))
    }

    /// The shape of a value.
    pub fn shape(&self, value: ValueId) -> Shape {
        self.read(|graph| graph[value].shape.clone())
    }

    /// The value of an operand, entered if it is none yet.
    pub fn operand(&self, operand: Operand, shape: Shape) -> ValueId {
        match operand {
            Operand::Value(id) => id,
            other => self.value(Source::Text(vec![other]), shape),
        }
    }

    /// Enters a node.
    pub fn node(&self, block: BlockId, name: String, place: Place, kind: NodeKind) -> NodeId {
        self.edit(|graph| {
            let id = graph.nodes(Node { name, block, place, after: Vec::new(), ending: Ending::default(), kind });
            graph[block].nodes.push(id);
            id
        })
    }

    /// Enters a call.
    pub fn call(&self, block: BlockId, target: Target, args: Args, place: Place) -> NodeId {
        let (name, kind) = self.read(|graph| match target {
            Target::Op(op) => {
                let task = graph::Task { op, args, options: None, extra: Vec::new() };
                (graph[op].name.clone(), NodeKind::Task(task))
            }
            Target::Pipeline(pipeline) => {
                (graph[pipeline].name.clone(), NodeKind::Call(graph::Call { pipeline, args }))
            }
        });
        self.node(block, name, place, kind)
    }

    /// What stands for an imported component where this is given to it, entered if it is met for the first time.
    pub(super) fn variant(&self, key: (usize, String), make: impl FnOnce(&Self) -> Target) -> Target {
        if let Some(target) = self.variants.borrow().get(&key) {
            return *target;
        }
        let target = make(self);
        self.variants.borrow_mut().insert(key, target);
        target
    }

    /// Enters a block inside another.
    pub fn block(&self, parent: BlockId) -> BlockId {
        self.edit(|graph| {
            let pipeline = graph[parent].pipeline;
            graph.blocks(Block { pipeline, parent: Some(parent), nodes: Vec::new() })
        })
    }

    /// Says which warnings are meant where.
    pub fn allow(&self, allowed: &[Allowed]) {
        self.edit(|graph| graph.allowed.extend(allowed));
    }

    /// Says what is wrong.
    pub fn report(&self, diagnostic: Diagnostic) {
        self.edit(|graph| graph.diagnostics.push(diagnostic));
    }
}
