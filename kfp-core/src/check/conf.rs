//! What the main pipeline says about the whole of its run.

use super::{BUDGET, DATA_VOLUME, RAW_ARTIFACT, nodes};
use crate::diagnostic::{Diagnostic, Place};
use crate::graph::{Conf, Graph, InputKind, NodeKind, Operand, PodConf, Shape};
use kfp_grammar::word::{ARTIFACT_GC, CLAIM_GC, CONCURRENCY, DNS_POLICY, EFFECT, OPERATOR, POD_GC, PULL_POLICY, Words};
use kfp_grammar::{Mistake, cron, duration, iso8601, label, name};

/// Reads the texts of the configuration.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let Some(main) = graph.pipelines.first() else { return };
    let mut reader = Reader { conf: &main.conf, place: main.place, found };
    reader.run();
    reader.pods(&main.conf.pods);
    for called in &graph.pipelines[1..] {
        Reader { conf: &called.conf, place: called.place, found }.placement(&called.conf.pods);
    }
    if main.conf.data_volume.is_some() {
        raw_artifacts(graph, found);
    }
}

struct Reader<'c, 'f> {
    conf: &'c Conf,
    /// Where to point if nobody knows where the option was said.
    place: Place,
    found: &'f mut Vec<Diagnostic>,
}

impl Reader<'_, '_> {
    fn run(&mut self) {
        let conf = self.conf;
        if let Some(gc) = &conf.pod_gc {
            let strategy = Some(gc.strategy.as_str()).filter(|strategy| !strategy.is_empty());
            self.word("pod_gc", strategy, POD_GC);
            self.read("pod_gc_delay", gc.delay.iter().map(|text| duration::parse_or_seconds(text)));
        }
        self.word("artifact_gc", conf.artifact_gc.as_deref(), ARTIFACT_GC);
        self.word("volume_claim_gc", conf.volume_claim_gc.as_deref(), CLAIM_GC);
        self.read("max_cache_staleness", conf.max_cache_staleness.iter().map(|text| iso8601::parse(text)));
        if let Some(repository) = &conf.artifact_repository {
            let config_map = repository.config_map.iter();
            self.read("artifact_repository_config_map", config_map.map(|text| name::subdomain(text)));
        }
        self.labels("labels", &conf.labels);
        self.read("annotations", conf.annotations.iter().map(|(key, _)| label::annotation(key)));
        self.cron();
        self.data_volume();
    }

    fn cron(&mut self) {
        let Some(cron) = &self.conf.cron else { return };
        self.read("schedule", cron.schedules.iter().map(|text| cron::parse(text)));
        self.read("timezone", cron.timezone.iter().map(|text| cron::time_zone(text)));
        self.word("concurrency_policy", cron.concurrency_policy.as_deref(), CONCURRENCY);
    }

    fn pods(&mut self, pods: &PodConf) {
        self.word("image_pull_policy", pods.image_pull_policy.as_deref(), PULL_POLICY);
        self.word("dns_policy", pods.dns_policy.as_deref(), DNS_POLICY);
        self.labels("pod_labels", &pods.labels);
        self.read("pod_annotations", pods.annotations.iter().map(|(key, _)| label::annotation(key)));
        self.placement(pods);
        let named = [
            ("service_account", &pods.service_account),
            ("executor_service_account", &pods.executor_service_account),
            ("pod_priority_class", &pods.priority_class),
        ];
        for (option, text) in named {
            self.read(option, text.iter().map(|text| name::subdomain(text)));
        }
        self.read("image_pull_secrets", pods.image_pull_secrets.iter().map(|text| name::subdomain(text)));
        if let Some(least) = &pods.min_available
            && least.strip_suffix('%').unwrap_or(least).parse::<u32>().is_err()
        {
            let message = format!("`{least}` is no number of pods, and no share of them");
            self.say("pod_disruption_budget", |place| {
                Diagnostic::error(BUDGET, place, message).help("write a number, `2`, or a percentage, `\"50%\"`")
            });
        }
    }

    fn placement(&mut self, pods: &PodConf) {
        self.labels("node_selector", &pods.node_selector);
        for toleration in &pods.tolerations {
            self.word("tolerations", toleration["operator"].as_str(), OPERATOR);
            self.word("tolerations", toleration["effect"].as_str(), EFFECT);
        }
    }

    fn data_volume(&mut self) {
        let Some(data) = &self.conf.data_volume else { return };
        let prefix = &data.path_prefix;
        let escapes = prefix.starts_with('/') || prefix.split('/').any(|folder| folder == "..");
        let message = if data.volume.as_object().is_none_or(serde_json::Map::is_empty) {
            "the volume through which artifacts travel is no Kubernetes volume".to_owned()
        } else if escapes || prefix.contains("{{") {
            format!("`{prefix}` is no folder inside of the volume")
        } else {
            return;
        };
        let help = "write a volume without its name, `{\"persistentVolumeClaim\": {\"claimName\": \"data\"}}`, and a folder, `artifact_data/`";
        self.say("data_passing_volume", |place| Diagnostic::error(DATA_VOLUME, place, message).help(help));
    }

    fn labels(&mut self, option: &str, labels: &[(String, String)]) {
        self.read(option, labels.iter().map(|(key, _)| label::parse(key)));
        self.read(option, labels.iter().map(|(_, text)| label::value(text)));
    }

    fn word(&mut self, option: &str, given: Option<&str>, words: Words) {
        self.read(option, given.map(|given| words.read(given)).into_iter());
    }

    fn read<T>(&mut self, option: &str, read: impl Iterator<Item = Result<T, Mistake>>) {
        for mistake in read.filter_map(Result::err) {
            self.say(option, |place| Diagnostic::mistaken(mistake, place));
        }
    }

    fn say(&mut self, option: &str, error: impl FnOnce(Place) -> Diagnostic) {
        self.found.push(error(self.conf.place(option).unwrap_or(self.place)));
    }
}

/// A constant for an `Input<A>` is a file that Argo makes from the manifest; on a volume nobody would make it.
fn raw_artifacts(graph: &Graph, found: &mut Vec<Diagnostic>) {
    for (_, node) in nodes(graph) {
        let (inputs, args) = match &node.kind {
            NodeKind::Task(task) => (&graph[task.op].inputs, &task.args),
            NodeKind::Call(call) => (&graph[call.pipeline].params, &call.args),
            _ => continue,
        };
        for (input, arg) in inputs.iter().zip(args) {
            let is_file = match arg {
                Some(Operand::Value(value)) => matches!(graph[*value].shape, Shape::Artifact(_)),
                None => true,
                Some(_) => false,
            };
            if matches!(input.kind, InputKind::Artifact(_)) && !is_file {
                let message =
                    format!("the file `{}` is given as text, and artifacts travel through a volume", input.name);
                let help = "let a task write it to an `Output`, and pass that";
                found.push(Diagnostic::error(RAW_ARTIFACT, node.place, message).help(help));
            }
        }
    }
}
