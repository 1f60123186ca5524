//! Graphs at random with all that the builders take, also what nobody should write: a manifest comes of them, or errors.

use super::random::graph;
use super::{Builder, compare, lit};
use kfp_core::dsl::{
    ArgoOptions, ComponentOp, ContainerEdit, ContainerOp, ContainerOptions, EnvVar, Memoize, PodOptions, Retry,
    RetryPolicy, Toleration, UserContainer, Volume, VolumeMount,
};
use kfp_core::graph::{
    BlockId, Comparison, Cron, Graph, Hook, InputKind, ManifestKind, NodeId, NodeKind, OpBody, OpId, OpText, Operand,
    Options, OutputKind, PipelineId, Resource, ResourceAction, Shape, Source, Suspend, Trigger,
};

/// Names, quantities, durations and texts, good and odd ones.
#[rustfmt::skip]
const TEXTS: &[&str] = &[
    "a", "train-it", "Model A", "x.y/z", "app.kubernetes.io/name", "1Gi", "500m", "10s", "1h30m", "5", "0", "true", "null",
    "~", "", " ", "- a", "a: b", "{{x}}", "{{inputs.parameters.text}}", "{{=1 + 1}}", "{{workflow.name}}", "{{", "}}", "$(X)", "$$",
    "it's \"so\"", "a\nb\n", "\t", "é", "日本", "\u{1f600}", "\u{0}", "\u{7f}", "\u{85}", "\u{feff}", "\u{ffff}",
    "\\", "'", "%d", "*", "&a", "!x", "[1, 2]", "{\"a\": [1]}", "status.phase == Succeeded", "busybox:1.36", "Bad Image",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "main", "wait", "onExit",
    "/mnt/data", "../x", "* * * * *", "P1D", "9999999999999999999999", "-1", "1e400", "0x1F", "on", "yes", "<<", "=",
];

/// Numbers that are the same for the same seed.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % limit.max(1)
    }

    fn is_six(&mut self) -> bool {
        self.below(6) == 0
    }

    fn text(&mut self) -> String {
        // Mostly something that most places take.
        let index = if self.below(3) == 0 { self.below(TEXTS.len()) } else { self.below(12) };
        TEXTS[index].to_owned()
    }

    fn op_text(&mut self) -> OpText {
        OpText::from(self.text())
    }
}

struct Wild {
    b: Builder,
    dice: Dice,
}

/// A graph of a seed.
pub(crate) fn wild(seed: u64) -> Graph {
    let mut dice = Dice::new(seed);
    let length = dice.below(60);
    let numbers: Vec<u8> = (0..length).map(|_| u8::try_from(dice.below(256)).expect("a byte")).collect();
    let mut it = Wild { b: Builder::of(graph(&numbers)), dice };
    for _ in 0..=it.dice.below(6) {
        it.change();
    }
    it.b.graph
}

impl Wild {
    fn change(&mut self) {
        match self.dice.below(15) {
            0 => self.options_of_op(),
            1 => self.options_of_task(),
            2 => self.hook(),
            3 => self.exit_handler(),
            4 => self.recursion(),
            5 => self.conf(),
            6 => self.name(),
            7 => self.resource(),
            8 => self.suspend(),
            9 => self.ending(),
            10 => self.default(),
            11 => self.container(),
            12 => self.daemon(),
            13 => self.volume(),
            _ => self.argument(),
        }
    }

    fn tasks(&self) -> Vec<NodeId> {
        let is_task = |node: &NodeId| matches!(self.b.graph[*node].kind, NodeKind::Task(_));
        (0..self.b.graph.nodes.len()).map(|index| NodeId(u32::try_from(index).expect("few"))).filter(is_task).collect()
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.dice.below(all.len())]
    }

    fn task(&mut self) -> NodeId {
        let tasks = self.tasks();
        self.one_of(&tasks)
    }

    fn block(&mut self) -> BlockId {
        BlockId(u32::try_from(self.dice.below(self.b.graph.blocks.len())).expect("few"))
    }

    fn op(&mut self) -> OpId {
        OpId(u32::try_from(self.dice.below(self.b.graph.ops.len())).expect("few"))
    }

    fn options(&mut self) -> Options {
        let mut pod = ContainerOp::new("pod", "busybox:1.36").command(["true"]);
        for _ in 0..=self.dice.below(3) {
            pod = option(pod, &mut self.dice);
        }
        let place = self.b.place();
        ComponentOp::new("pod", None, place).container(pod).options
    }

    fn options_of_op(&mut self) {
        let (op, mut options) = (self.op(), self.options());
        let op = &mut self.b.graph[op];
        // A pause has no pod, and a daemon stays one: the types see to both.
        if !matches!(op.body, OpBody::Suspend(_)) {
            options.argo.daemon = op.options.argo.daemon;
            op.options = options;
        }
    }

    fn options_of_task(&mut self) {
        let (task, options) = (self.task(), self.options());
        let NodeKind::Task(it) = &self.b.graph[task].kind else { return };
        if !matches!(self.b.graph[it.op].body, OpBody::Suspend(_)) {
            self.b.options(task, options);
        }
    }

    fn hook(&mut self) {
        let task = self.task();
        let around = self.b.graph[task].block;
        let block = self.b.block(around);
        let on = self.one_of(&[Trigger::Exit, Trigger::Success, Trigger::Failure, Trigger::Error]);
        self.b.graph[task].ending.hooks.push(Hook { on, block });
        let has_text =
            matches!(&self.b.graph[task].kind, NodeKind::Task(it) if !self.b.graph[it.op].outputs.is_empty());
        let text = if has_text && self.dice.is_six() { self.b.output(task, 0) } else { lit("it has ended") };
        self.b.task(block, OpId(0), &[text, lit("[]")]);
    }

    fn exit_handler(&mut self) {
        let handler = self.b.exit_handler(PipelineId(0));
        let status = self.b.status(None);
        let failures = Operand::Value(self.b.value(Source::Failures, Shape::Json));
        self.b.task(handler, OpId(0), &[status, failures]);
    }

    /// A pipeline calls one that may be itself, where a condition holds or (an error) always.
    fn recursion(&mut self) {
        let block = self.block();
        let called = PipelineId(u32::try_from(self.dice.below(2)).expect("few"));
        let arguments = match called.0 {
            0 => [lit("n"), lit("[]")],
            _ => [lit("text"), lit("a file")],
        };
        if self.dice.is_six() {
            self.b.call(block, called, &arguments);
        } else {
            let condition = compare(&lit("1"), Comparison::Lt, &lit("2"), Shape::Integer);
            let (_, arms) = self.b.branch(block, &[Some(condition)]);
            self.b.call(arms[0], called, &arguments);
        }
    }

    fn conf(&mut self) {
        let (text, other, number) = (self.dice.text(), self.dice.text(), self.dice.below(9));
        let conf = &mut self.b.graph[PipelineId(0)].conf;
        let small = u32::try_from(number).expect("small");
        match self.dice.below(14) {
            0 => conf.parallelism = Some(small),
            1 => conf.fail_fast = Some(number > 4),
            2 => conf.timeout = Some(u64::from(small)),
            3 => conf.labels.push((text, other)),
            4 => conf.annotations.push((text, other)),
            5 => conf.ttl.success = Some(small),
            6 => conf.kind = Some([ManifestKind::WorkflowTemplate, ManifestKind::CronWorkflow][number % 2]),
            7 => conf.cron = Some(Cron { schedules: vec![text], ..Cron::default() }),
            8 => conf.pods.service_account = Some(text),
            9 => conf.pods.node_selector.push((text, other)),
            10 => conf.pods.image_pull_secrets.push(text),
            11 => conf.pods.patch = Some(text),
            12 => conf.pods.min_available = Some(text),
            _ => conf.pipeline_root = Some(text),
        }
    }

    fn name(&mut self) {
        let text = self.dice.text();
        match self.dice.below(6) {
            0 => self.b.graph[PipelineId(0)].name = text,
            1 => self.b.graph[PipelineId(1)].name = text,
            2 => self.b.graph[PipelineId(0)].params[0].name = text,
            3 => {
                let op = self.op();
                self.b.graph[op].name = text;
            }
            4 => {
                let task = self.task();
                self.b.graph[task].name = text;
            }
            _ => {
                let op = self.op();
                if let Some(output) = self.b.graph[op].outputs.first_mut() {
                    output.name = text;
                }
            }
        }
    }

    fn resource(&mut self) {
        let action = [ResourceAction::Create, ResourceAction::Apply, ResourceAction::Patch, ResourceAction::Delete];
        let (kind, name) = (self.dice.text(), self.dice.text());
        let sometimes = |dice: &mut Dice| dice.is_six().then(|| dice.op_text());
        let body = OpBody::Resource(Resource {
            action: self.one_of(&action),
            manifest: serde_json::json!({"apiVersion": "v1", "kind": kind, "metadata": {"generateName": name}}),
            merge_strategy: self.dice.is_six().then(|| self.dice.text()),
            success_condition: sometimes(&mut self.dice),
            failure_condition: sometimes(&mut self.dice),
            set_owner_reference: self.dice.is_six(),
            flags: if self.dice.is_six() { vec![self.dice.op_text()] } else { Vec::new() },
        });
        self.new_op("resource", body);
    }

    fn suspend(&mut self) {
        let duration = (self.dice.below(2) == 0).then(|| self.dice.op_text());
        self.new_op("pause", OpBody::Suspend(Suspend { duration }));
    }

    /// A daemon, and a task that asks for its address: where it is there, or (an error) somewhere.
    fn daemon(&mut self) {
        let op = self.b.op("server", &[], &[]);
        let options = &mut self.b.graph[op].options;
        options.argo.daemon = true;
        if !self.dice.is_six() {
            options.container.insert("readinessProbe".into(), serde_json::json!({"tcpSocket": {"port": 6379}}));
        }
        let block = self.block();
        let server = self.b.task(block, op, &[]);
        let asks = if self.dice.is_six() { self.block() } else { block };
        let address = Operand::Value(self.b.value(Source::Address(server), Shape::Text));
        self.b.task(asks, OpId(0), &[address, lit("[]")]);
    }

    /// A claim, a task that mounts its volume, and one that takes it away again.
    fn volume(&mut self) {
        let resource = |action, manifest| {
            OpBody::Resource(Resource {
                action,
                manifest,
                merge_strategy: None,
                success_condition: None,
                failure_condition: None,
                set_owner_reference: false,
                flags: Vec::new(),
            })
        };
        let size = if self.dice.is_six() { self.dice.text() } else { "1Gi".to_owned() };
        let claim = self.b.op("claim", &[], &[("name", Shape::Text)]);
        self.b.graph[claim].outputs[0].kind =
            OutputKind::JsonPath { shape: Shape::Text, path: "{.metadata.name}".to_owned() };
        self.b.graph[claim].body = resource(
            ResourceAction::Create,
            serde_json::json!({"apiVersion": "v1", "kind": "PersistentVolumeClaim",
                "metadata": {"generateName": "disk-"},
                "spec": {"accessModes": ["ReadWriteMany"], "resources": {"requests": {"storage": size}}}}),
        );
        let uses = self.b.op("uses", &[("claim", Shape::Text)], &[]);
        let options = &mut self.b.graph[uses].options;
        let name = OpText::marker("claim");
        options.volumes.push(serde_json::json!({"name": "data", "persistentVolumeClaim": {"claimName": name}}));
        options.container.insert("volumeMounts".into(), serde_json::json!([{"name": "data", "mountPath": "/mnt"}]));
        let delete = self.b.op("delete", &[("claim", Shape::Text)], &[]);
        self.b.graph[delete].body = resource(
            ResourceAction::Delete,
            serde_json::json!({"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": name}}),
        );
        let block = self.block();
        let made = self.b.task(block, claim, &[]);
        let name = self.b.output(made, 0);
        let used = self.b.task(block, uses, std::slice::from_ref(&name));
        let deleted = self.b.task(block, delete, &[name]);
        if !self.dice.is_six() {
            self.b.graph[deleted].after.push(used);
        }
    }

    fn new_op(&mut self, name: &str, body: OpBody) {
        let op = self.b.op(name, &[], &[]);
        self.b.graph[op].body = body;
        let block = self.block();
        self.b.task(block, op, &[]);
    }

    fn ending(&mut self) {
        let task = self.task();
        self.b.graph[task].ending.caught = true;
    }

    fn default(&mut self) {
        let (op, text) = (self.op(), self.dice.text());
        let is_called = self.dice.is_six();
        if let Some(input) = self.b.graph[op].inputs.first_mut() {
            input.description = Some(text.clone());
            if let InputKind::Parameter { shape: Shape::Text, default } = &mut input.kind {
                *default = Some(text);
            }
        }
        if is_called {
            let task = self.task();
            if let NodeKind::Task(task) = &mut self.b.graph[task].kind
                && task.op == op
                && let Some(argument) = task.args.first_mut()
            {
                *argument = None;
            }
        }
    }

    fn container(&mut self) {
        let (op, text) = (self.op(), self.dice.op_text());
        let kind = self.dice.below(4);
        if let OpBody::Container(container) = &mut self.b.graph[op].body {
            match kind {
                0 => container.image = text,
                1 => container.command.push(text),
                2 => container.working_dir = Some(text),
                _ => container.args.push(text),
            }
        }
    }

    /// Another text for the first argument of a task that takes one.
    fn argument(&mut self) {
        let (node, text) = (self.task(), self.dice.text());
        let NodeKind::Task(task) = &self.b.graph[node].kind else { return };
        let takes_text = self.b.graph[task.op].inputs.first().is_some_and(|input| {
            matches!(&input.kind, InputKind::Parameter { shape: Shape::Text, .. } | InputKind::Artifact(_))
        });
        if let NodeKind::Task(task) = &mut self.b.graph[node].kind
            && takes_text
        {
            task.args[0] = Some(lit(&text));
        }
    }
}

/// One option more.
fn option(pod: ContainerOp, dice: &mut Dice) -> ContainerOp {
    let (a, b) = (dice.text(), dice.text());
    match dice.below(20) {
        0 => pod.add_pod_label(&a, b),
        1 => pod.add_pod_annotation(&a, b),
        2 => pod.add_node_selector_constraint(a, b),
        3 => pod.add_toleration(Toleration::equal(a, b)),
        4 => pod.add_volume(Volume::empty_dir(&a)).add_volume_mount(VolumeMount::new(&a, b)),
        5 => pod.add_volume_mount(VolumeMount::new(&a, b)),
        6 => pod.add_sidecar(UserContainer::new(&a, b)),
        7 => pod.set_retry(Retry::new(3).backoff_duration(a).policy(RetryPolicy::Always)),
        8 => pod.set_retry(Retry::new(3).expression(a)),
        9 => pod.set_timeout(30),
        10 => pod.set_display_name(a),
        11 => pod.set_memory_limit(a),
        12 => pod.add_resource_request(&a, b),
        13 => pod.add_env_variable(EnvVar::new(&a, b)),
        14 => pod.add_env_variable(EnvVar::secret(&a, b, "key")),
        15 => pod.add_mutex(a),
        16 => pod.add_semaphore(a, b),
        17 => pod.memoize(Memoize::new().key(a).max_age(b)),
        18 => pod.set_deadline(a),
        _ => pod.set_service_account(a),
    }
}
