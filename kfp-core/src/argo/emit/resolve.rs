//! What a value is called where it is used.

use super::Emitter;
use super::frame::{Atom, Frame, Uses, is_artifact};
use super::leaf::placeholder_text;
use super::naming::port;
use super::pipeline::is_required;
use super::text::{Binding, Expr, Reference, Text, quote};
use crate::graph::{Branch, Choice, Graph, NodeId, NodeKind, Operand, OutputKind, PipelineId, Shape, Source, ValueId};

impl Emitter<'_> {
    /// The text of something that is passed. The nodes of the frame's block that it comes from are added to `uses`.
    pub(super) fn operand(&mut self, frame: &mut Frame, uses: &mut Uses, operand: &Operand) -> Text {
        match operand {
            Operand::Literal(text) => Text::Literal(text.clone()),
            Operand::Placeholder(placeholder) => placeholder_text(*placeholder),
            Operand::Value(value) => self.value(frame, uses, *value),
            Operand::List(elements) => {
                let mut parts = vec![Text::Literal("[".to_owned())];
                for (index, (element, shape)) in elements.iter().enumerate() {
                    if index > 0 {
                        parts.push(Text::Literal(",".to_owned()));
                    }
                    parts.push(self.json(frame, uses, element, shape));
                }
                parts.push(Text::Literal("]".to_owned()));
                Text::concat(parts)
            }
            Operand::Json(operand, shape) => self.json(frame, uses, operand, shape),
            // Only an input that takes a file is given one.
            Operand::Location(_) => Text::Literal(String::new()),
        }
    }

    /// The JSON of something whose text has this shape.
    pub(super) fn json(&mut self, frame: &mut Frame, uses: &mut Uses, operand: &Operand, shape: &Shape) -> Text {
        let text = self.operand(frame, uses, operand);
        if let Text::Concat(_) = text {
            self.require_plain_parts(&text);
        }
        as_json(text, shape)
    }

    /// The text of a value; for an artifact, the reference to it.
    pub(super) fn value(&mut self, frame: &mut Frame, uses: &mut Uses, id: ValueId) -> Text {
        let graph = self.graph;
        let value = &graph[id];
        match &value.source {
            Source::Param { pipeline, index } => self.atom(frame, uses, Atom::Param(*pipeline, *index)),
            Source::Output { node, index } => self.output(frame, uses, *node, *index),
            Source::Item(node) => self.atom(frame, uses, Atom::Item(*node)),
            Source::Field { of, name } => self.member(frame, uses, *of, name, &value.shape),
            Source::Text(operands) => {
                let parts = operands.iter().map(|operand| self.operand(frame, uses, operand)).collect();
                Text::concat(parts)
            }
            Source::Range(ends) => {
                let [start, end] = ends.each_ref().map(|end| {
                    let text = self.operand(frame, uses, end);
                    super::condition::typed(&text, &Shape::Integer).text
                });
                Text::Expr(Expr::atom(format!("toJson({start}..({end} - 1))")))
            }
            Source::Status(Some(node)) => self.status(frame, uses, *node),
            Source::Status(None) => match self.called_run {
                Some(pipeline) => self.atom(frame, uses, Atom::RunStatus(pipeline)),
                None => Text::Reference(Reference::new(["workflow", "status"])),
            },
            Source::Failures => failures(),
            Source::ExitCode(node) => self.atom(frame, uses, Atom::ExitCode(*node)),
            Source::Address(node) => self.atom(frame, uses, Atom::Address(*node)),
            Source::Choice(choice) => self.chosen(frame, uses, choice, Self::operand),
            Source::Content(of) => self.content(frame, uses, *of),
        }
    }

    /// A value with a name of its own: from a task of this DAG, or else from outside.
    pub(super) fn atom(&mut self, frame: &mut Frame, uses: &mut Uses, atom: Atom) -> Text {
        if let Some(reference) = frame.input(&atom) {
            return Text::Reference(reference);
        }
        let artifact = is_artifact(self.graph, &atom);
        if let Atom::Output(node, index) | Atom::Content(node, index) = atom
            && frame.block == Some(self.graph[node].block)
        {
            uses.push(node);
            let kind = if artifact { "artifacts" } else { "parameters" };
            let output = self.output_name(node, index);
            return Text::Reference(Reference::new(["tasks", self.layout.task(node), "outputs", kind, &output]));
        }
        if let Atom::Status(node) | Atom::ExitCode(node) = atom
            && frame.block == Some(self.graph[node].block)
            && self.graph[node].ending.caught
        {
            uses.push(node);
            let output = if atom == Atom::Status(node) { super::OUTCOME_STATUS } else { super::OUTCOME_EXIT_CODE };
            let parts = ["tasks", self.layout.task(node), "outputs", "parameters", output];
            return Text::Reference(Reference::new(parts));
        }
        if let Atom::Address(node) = atom
            && frame.block == Some(self.graph[node].block)
        {
            uses.push(node);
            return Text::Reference(Reference::new(["tasks", self.layout.task(node), "ip"]));
        }
        if let Atom::Param(pipeline, index) = atom
            && frame.of_run
            && is_required(&self.graph[pipeline].params[index as usize])
        {
            let name = port(&self.graph[pipeline].params[index as usize].name);
            return Text::Reference(Reference::new(["workflow", "parameters", &name]));
        }
        let wanted = self.input_name(&atom);
        match self.may_be_missing(&atom) {
            true => frame.add_optional(atom.clone(), &wanted, artifact),
            false => frame.add(atom.clone(), &wanted, artifact),
        }
        frame.input(&atom).map_or(Text::Literal(String::new()), Text::Reference)
    }

    /// Whether it is an artifact that may not be there: of a task that may have failed, or may leave it out.
    pub(super) fn may_be_missing(&self, atom: &Atom) -> bool {
        matches!(atom, Atom::Output(node, index)
            if self.graph.is_optional(*node, *index)
                || (self.graph[*node].ending.caught && is_artifact(self.graph, atom)))
    }

    /// One of two, each read in the same way.
    fn chosen(
        &mut self,
        frame: &mut Frame,
        uses: &mut Uses,
        choice: &Choice,
        read: fn(&mut Self, &mut Frame, &mut Uses, &Operand) -> Text,
    ) -> Text {
        let condition = self.condition(frame, uses, &choice.condition);
        let [then, otherwise] = [&choice.then, &choice.otherwise].map(|operand| {
            let text = read(self, frame, uses, operand);
            self.require_plain_parts(&text);
            text.expr()
        });
        Text::Expr(Expr::choice(&condition, &then, &otherwise))
    }

    /// The text of a file; `check` has seen that it comes out of no store.
    fn content(&mut self, frame: &mut Frame, uses: &mut Uses, of: ValueId) -> Text {
        let graph = self.graph;
        match &graph[of].source {
            Source::Output { node, index } => match &graph[*node].kind {
                NodeKind::Guard(guard) if !self.layout.has_tasks(graph, guard.body) => match &guard.output {
                    Some((_, operand)) => self.content_of(frame, uses, operand),
                    None => Text::Literal(String::new()),
                },
                _ => self.atom(frame, uses, Atom::Content(*node, *index)),
            },
            Source::Param { pipeline, index } => self.atom(frame, uses, Atom::ParamContent(*pipeline, *index)),
            Source::Choice(choice) => self.chosen(frame, uses, choice, Self::content_of),
            // Text that stands where a file is wanted.
            _ => self.value(frame, uses, of),
        }
    }

    /// The text of what is given for a file.
    pub(super) fn content_of(&mut self, frame: &mut Frame, uses: &mut Uses, operand: &Operand) -> Text {
        match operand {
            Operand::Value(file) => self.content(frame, uses, *file),
            text => self.operand(frame, uses, text),
        }
    }

    /// What the text of a parameter is called that is a file: a name that no parameter has.
    pub(super) fn content_name(&self, pipeline: PipelineId, index: u32) -> String {
        let params = &self.graph[pipeline].params;
        let mut name = port(&params[index as usize].name);
        loop {
            name.push_str("-text");
            if !params.iter().any(|param| port(&param.name) == name) {
                return name;
            }
        }
    }

    fn output(&mut self, frame: &mut Frame, uses: &mut Uses, node: NodeId, index: u32) -> Text {
        let graph = self.graph;
        match &graph[node].kind {
            NodeKind::Branch(branch) if !self.layout.is_emitted(node) => self.choice(frame, uses, branch),
            NodeKind::Guard(guard) if !self.layout.has_tasks(graph, guard.body) => match &guard.output {
                Some((_, operand)) => self.operand(frame, uses, operand),
                None => Text::Literal(String::new()),
            },
            _ => self.atom(frame, uses, Atom::Output(node, index)),
        }
    }

    /// A branch without tasks: a choice between values, made where it is used.
    fn choice(&mut self, frame: &mut Frame, uses: &mut Uses, branch: &Branch) -> Text {
        let mut arms = Vec::new();
        for arm in &branch.arms {
            let condition = arm.condition.as_ref().map(|condition| self.condition(frame, uses, condition));
            let result = arm.result.as_ref().map_or(Text::Literal(String::new()), |r| self.operand(frame, uses, r));
            self.require_plain_parts(&result);
            arms.push((condition, result.expr()));
        }
        Text::Expr(choices(arms))
    }

    fn status(&mut self, frame: &mut Frame, uses: &mut Uses, node: NodeId) -> Text {
        match &self.graph[node].kind {
            NodeKind::Guard(guard) if !self.layout.has_tasks(self.graph, guard.body) => {
                Text::Literal("Succeeded".to_owned())
            }
            _ => self.atom(frame, uses, Atom::Status(node)),
        }
    }

    fn member(&mut self, frame: &mut Frame, uses: &mut Uses, of: ValueId, name: &str, shape: &Shape) -> Text {
        let graph = self.graph;
        if let Source::Item(node) = graph[of].source
            && matches!(shape, Shape::Integer | Shape::Float | Shape::Bool)
            && port(name) == name
        {
            return self.atom(frame, uses, Atom::ItemField(node, name.to_owned()));
        }
        let member = format!("{}[{}]", self.decoded(frame, uses, of), quote(name));
        Text::Expr(match shape {
            Shape::Text => Expr::atom(member),
            _ => Expr::atom(format!("toJson({member})")),
        })
    }

    /// A JSON value as the expression language has it.
    fn decoded(&mut self, frame: &mut Frame, uses: &mut Uses, id: ValueId) -> String {
        let graph = self.graph;
        if let Source::Field { of, name } = &graph[id].source {
            return format!("{}[{}]", self.decoded(frame, uses, *of), quote(name));
        }
        format!("fromJSON({})", self.value(frame, uses, id).expr().text)
    }

    /// The name of an output of a node.
    pub(super) fn output_name(&self, node: NodeId, index: u32) -> String {
        output_of(self.graph, node, index)
    }

    fn input_name(&self, atom: &Atom) -> String {
        match atom {
            Atom::Param(pipeline, index) => port(&self.graph[*pipeline].params[*index as usize].name),
            Atom::Output(node, index) | Atom::Content(node, index) => {
                let task = self.layout.task(*node);
                match self.output_name(*node, *index).as_str() {
                    super::OUTPUT => task.to_owned(),
                    output => format!("{task}-{output}"),
                }
            }
            Atom::ParamContent(pipeline, index) => self.content_name(*pipeline, *index),
            Atom::Item(_) => "item".to_owned(),
            Atom::ItemField(_, name) => format!("item-{}", port(name)),
            Atom::Status(node) if matches!(self.graph[*node].kind, NodeKind::Guard(_)) => "status".to_owned(),
            Atom::Status(node) => format!("{}-status", self.layout.task(*node)),
            Atom::ExitCode(node) => format!("{}-exit-code", self.layout.task(*node)),
            Atom::Address(node) => format!("{}-address", self.layout.task(*node)),
            Atom::RunStatus(_) => "status".to_owned(),
        }
    }
}

/// The name of an output of a node.
pub(super) fn output_of(graph: &Graph, node: NodeId, index: u32) -> String {
    match &graph[node].kind {
        NodeKind::Task(task) => output_name(&graph[task.op].outputs[index as usize]),
        NodeKind::Call(call) => port(&graph[call.pipeline].outputs[index as usize].0),
        _ => super::OUTPUT.to_owned(),
    }
}

/// The name of an output of an operation: as declared, but for the two that KFP looks for.
pub(super) fn output_name(output: &crate::graph::Output) -> String {
    match (output.name.as_str(), &output.kind) {
        ("mlpipeline_ui_metadata", OutputKind::Artifact { .. } | OutputKind::File { .. }) => {
            "mlpipeline-ui-metadata".to_owned()
        }
        ("mlpipeline_metrics", OutputKind::Artifact { .. } | OutputKind::File { .. }) => {
            "mlpipeline-metrics".to_owned()
        }
        (name, _) => port(name),
    }
}

/// The first whose condition holds; the last has none.
pub(super) fn choices(arms: Vec<(Option<Expr>, Expr)>) -> Expr {
    let mut arms = arms.into_iter().rev();
    let Some((_, last)) = arms.next() else { return Expr::atom("''") };
    arms.fold(last, |rest, (condition, result)| match condition {
        Some(condition) => Expr::choice(&condition, &result, &rest),
        None => result,
    })
}

/// The JSON of a text of this shape. Python writes `True` and `False`.
pub(super) fn as_json(text: Text, shape: &Shape) -> Text {
    match (text, shape) {
        (Text::Literal(text), Shape::Text) => Text::Literal(serde_json::Value::String(text).to_string()),
        (text @ Text::Literal(_), _) => text,
        (text, Shape::Text) => Text::Expr(Expr::call("toJson", &text.expr())),
        (text, Shape::Bool) => Text::Expr(Expr::call("lower", &text.expr())),
        (text, _) => text,
    }
}

/// Argo has the list of failures encoded twice, and `null` for none.
fn failures() -> Text {
    let none = Expr::new(r#"workflow.failures == '"null"'"#, Binding::Compare);
    Text::Expr(Expr::choice(&none, &Expr::atom("'[]'"), &Expr::atom("fromJSON(workflow.failures)")))
}
