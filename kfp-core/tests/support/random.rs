//! Graphs at random, with all constructs in each other.

use super::{Builder, compare, id, lit};
use kfp_core::graph::{BlockId, Comparison, Condition, Graph, NodeId, NodeKind, OpId, Operand, PipelineId, Shape};

const FILE: Shape = Shape::Artifact("Model");

/// A block in which nodes can be added, with what can be used in it.
struct Open {
    block: BlockId,
    values: Vec<(Operand, Shape)>,
    nodes: Vec<NodeId>,
    /// What is to be done with a value of it when it is closed.
    ends: Option<(NodeId, usize)>,
}

/// Builds a graph out of numbers.
struct Random<'n> {
    b: Builder,
    numbers: std::slice::Iter<'n, u8>,
    open: Vec<Open>,
    ops: Vec<OpId>,
    callee: PipelineId,
}

impl Random<'_> {
    fn below(&mut self, limit: usize) -> usize {
        usize::from(*self.numbers.next().unwrap_or(&0)) % limit.max(1)
    }

    /// The blocks around, the innermost last; arms that are still to come and handlers are open as well, and not around.
    fn around(&self) -> Vec<&Open> {
        let innermost = self.open.last().map(|open| open.block);
        let blocks: Vec<_> = std::iter::successors(innermost, |block| self.b.graph[*block].parent).collect();
        self.open.iter().filter(|open| blocks.contains(&open.block)).collect()
    }

    /// A value of this shape that can be used here, or a constant; for an artifact, text does as well.
    fn value(&mut self, shape: &Shape) -> Operand {
        let mut fitting: Vec<Operand> = self
            .around()
            .into_iter()
            .flat_map(|open| &open.values)
            .filter(|(_, s)| s == shape)
            .map(|(v, _)| v.clone())
            .collect();
        fitting.push(lit(match shape {
            Shape::Integer | Shape::Float => "3",
            Shape::Bool => "true",
            Shape::Json => r#"["x"]"#,
            _ => "it's {\"a\"}",
        }));
        let index = self.below(fitting.len());
        let value = fitting.swap_remove(index);
        match (shape, self.below(6)) {
            (Shape::Text, 0) => self.b.text(&[lit("-{"), value]),
            (Shape::Text, 1) => {
                let object = self.value(&Shape::Json);
                let object = self.b.text(&[object]);
                self.b.field(&object, "a b", Shape::Text)
            }
            (Shape::Json, 0) => Operand::List(vec![(self.value(&Shape::Text), Shape::Text), (lit("1"), Shape::Float)]),
            (Shape::Json, 1) => Operand::Json(Box::new(value), Shape::Json),
            _ => value,
        }
    }

    fn condition(&mut self) -> Condition {
        match self.below(4) {
            0 => {
                let value = self.value(&Shape::Bool);
                let value = self.b.text(&[value]);
                Condition::Not(Box::new(Condition::Holds(id(&value))))
            }
            1 => {
                let (left, right) = (self.condition(), self.condition());
                Condition::Or(Box::new(left), Box::new(right))
            }
            _ => {
                let shape = [Shape::Text, Shape::Integer, Shape::Json][self.below(3)].clone();
                let (left, right) = (self.value(&shape), self.value(&shape));
                compare(&left, Comparison::Ne, &right, shape)
            }
        }
    }

    fn added(&mut self, node: NodeId, outputs: &[Shape]) {
        for (index, shape) in (0..).zip(outputs) {
            let value = self.b.output(node, index);
            self.open.last_mut().unwrap().values.push((value, shape.clone()));
        }
        // `.after` takes what was made before, here or around or in a block that is closed.
        let known: Vec<NodeId> = self.around().into_iter().flat_map(|open| &open.nodes).copied().collect();
        if self.below(4) == 0 && !known.is_empty() {
            let other = known[self.below(known.len())];
            self.b.graph[node].after.push(other);
        }
        self.open.last_mut().unwrap().nodes.push(node);
    }

    fn task(&mut self) {
        let index = self.below(self.ops.len());
        let op = self.ops[index];
        let inputs = self.b.graph[op].inputs.clone();
        let args: Vec<_> = inputs.iter().map(|input| self.value(&shape_of(&input.kind))).collect();
        let block = self.open.last().unwrap().block;
        let node = self.b.task(block, op, &args);
        self.added(node, &[Shape::Text, FILE]);
    }

    fn call(&mut self) {
        let args = [self.value(&Shape::Text), self.value(&FILE)];
        let block = self.open.last().unwrap().block;
        let node = self.b.call(block, self.callee, &args);
        self.added(node, &[Shape::Text]);
    }

    fn enter(&mut self, block: BlockId, ends: Option<(NodeId, usize)>, item: Option<(Operand, Shape)>) {
        self.open.push(Open { block, values: item.into_iter().collect(), nodes: Vec::new(), ends });
    }

    /// Opens a group. Its node can be used once it is closed.
    fn group(&mut self) {
        let block = self.open.last().unwrap().block;
        match self.below(3) {
            0 => {
                let conditions = [Some(self.condition()), Some(self.condition()), None];
                let (node, arms) = self.b.branch(block, &conditions);
                for (index, arm) in arms.into_iter().enumerate().rev() {
                    self.enter(arm, Some((node, index)), None);
                }
            }
            1 => {
                let items = self.value(&Shape::Json);
                let is_known = !matches!(items, Operand::Value(_));
                let shape = [Shape::Text, Shape::Json, Shape::Integer][self.below(3)].clone();
                let (node, body, item) = self.b.each(block, items, shape.clone());
                if self.below(2) == 0 {
                    self.b.parallel(node, 2);
                }
                let item = match (&shape, self.below(2)) {
                    (Shape::Json, 0) if !is_known => (self.b.field(&item, "size", Shape::Integer), Shape::Integer),
                    _ => (item, shape),
                };
                self.enter(body, Some((node, 0)), Some(item));
            }
            _ => {
                let (node, body, handler) = self.b.guard(block);
                let status = self.b.status(Some(node));
                self.enter(handler, Some((node, 1)), Some((status, Shape::Text)));
                self.enter(body, Some((node, 0)), None);
            }
        }
    }

    /// Closes a block: sometimes it has given a value.
    fn close(&mut self) {
        let Some(open) = self.open.last() else { return };
        let Some((node, part)) = open.ends else { return };
        let gives = self.below(2) == 0;
        let result = self.value(&Shape::Text);
        let is_last = !self.open[..self.open.len() - 1].iter().any(|open| open.ends.is_some_and(|(n, _)| n == node));
        if gives && matches!(self.b.graph[node].kind, NodeKind::Loop(_)) {
            // Only a loop with a task in it collects.
            self.task();
        }
        self.open.pop();
        let mut outputs = Vec::new();
        match &mut self.b.graph[node].kind {
            NodeKind::Branch(branch) => {
                branch.arms[part].result = Some(result);
                if is_last && gives {
                    branch.output = Some(Shape::Text);
                    outputs.push(Shape::Text);
                }
            }
            NodeKind::Loop(each) if gives => {
                each.collects = Some((Shape::Text, result));
                outputs.push(Shape::Json);
            }
            NodeKind::Guard(guard) if gives && part == 0 => guard.output = Some((Shape::Text, result)),
            _ => {}
        }
        if is_last {
            if matches!(&self.b.graph[node].kind, NodeKind::Guard(guard) if guard.output.is_some()) {
                outputs.push(Shape::Text);
            }
            self.added(node, &outputs);
        }
    }
}

fn shape_of(kind: &kfp_core::graph::InputKind) -> Shape {
    match kind {
        kfp_core::graph::InputKind::Parameter { shape, .. } => shape.clone(),
        kfp_core::graph::InputKind::Artifact(kind) => Shape::Artifact(kind),
    }
}

/// A graph out of any numbers.
pub(crate) fn graph(numbers: &[u8]) -> Graph {
    let (mut b, body) = Builder::main(&[("name", Shape::Text, Some("n")), ("items", Shape::Json, None)]);
    let outputs = [("output", Shape::Text), ("file", FILE)];
    let ops = vec![
        b.op("say_it", &[("text", Shape::Text), ("items", Shape::Json)], &outputs),
        b.op("fit", &[("file", FILE), ("size", Shape::Integer)], &outputs),
    ];
    let (callee, inner) = b.pipeline("inner", &[("text", Shape::Text, None), ("file", FILE, None)]);
    let (text, file) = (b.param(1, 0), b.param(1, 1));
    b.task(inner, ops[0], &[text, lit("[]")]);
    let task = b.task(inner, ops[1], &[file, lit("1")]);
    let output = b.output(task, 0);
    b.graph[callee].outputs.push(("output".to_owned(), Shape::Text, output));
    let values = vec![(b.param(0, 0), Shape::Text), (b.param(0, 1), Shape::Json)];
    b.task(body, ops[0], &[lit("first"), lit("[]")]);
    let open = vec![Open { block: body, values, nodes: Vec::new(), ends: None }];
    let mut random = Random { b, numbers: numbers.iter(), open, ops, callee };
    while !random.numbers.as_slice().is_empty() {
        match random.below(6) {
            0 if random.open.len() < 12 => random.group(),
            1 | 2 => random.close(),
            3 => random.call(),
            _ => random.task(),
        }
    }
    while random.open.len() > 1 {
        random.close();
    }
    random.b.graph
}
