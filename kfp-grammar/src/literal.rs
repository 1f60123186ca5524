//! Which language a constant argument is in: a row for each method that takes one. Macros read it at the literal, the
//! checks of the whole graph read what is no literal.

use crate::{
    Code, Mistake, condition, cron, duration, env, image, iso8601, jsonpath, label, name, path, quantity, substitution,
    word,
};

/// A language.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Grammar {
    /// A quantity of this resource.
    Quantity(&'static str),
    /// A quantity of the resource that the first argument names.
    QuantityOfFirst,
    /// The key of a label.
    LabelKey,
    /// The key of taints that are tolerated; empty for all.
    TaintKey,
    /// The value of a label.
    LabelValue,
    /// The key of an annotation.
    AnnotationKey,
    /// A reference to an image.
    Image,
    /// A duration as Argo has them, or seconds.
    Duration,
    /// A duration that says its unit.
    DurationWithUnit,
    /// How old the result of a task may be.
    Age,
    /// An ISO-8601 duration.
    Iso8601,
    /// When a resource has succeeded or failed.
    Condition,
    /// A field of a resource.
    JsonPath,
    /// The name of an environment variable.
    EnvName,
    /// The name of a volume or a container.
    Label,
    /// The name of an object of Kubernetes: of a claim, a secret, an account.
    Subdomain,
    /// Where something is mounted.
    MountPath,
    /// Text that goes into a template as it is.
    Plain,
    /// When a schedule starts a run.
    Schedule,
    /// A time zone.
    TimeZone,
    /// One of a few words.
    Word(word::Words),
}

/// The arguments of a method, or of `Type::function`, that are in one of the languages, each by its position.
pub const CALLS: &[(&str, &[(usize, Grammar)])] = &[
    ("set_memory_limit", &[(0, Grammar::Quantity("memory"))]),
    ("set_memory_request", &[(0, Grammar::Quantity("memory"))]),
    ("set_cpu_limit", &[(0, Grammar::Quantity("cpu"))]),
    ("set_cpu_request", &[(0, Grammar::Quantity("cpu"))]),
    ("set_ephemeral_storage_limit", &[(0, Grammar::Quantity("ephemeral-storage"))]),
    ("set_ephemeral_storage_request", &[(0, Grammar::Quantity("ephemeral-storage"))]),
    ("add_resource_limit", &[(1, Grammar::QuantityOfFirst)]),
    ("add_resource_request", &[(1, Grammar::QuantityOfFirst)]),
    ("set_env_variable", &[(0, Grammar::EnvName), (1, Grammar::Plain)]),
    ("add_pod_label", &[(0, Grammar::LabelKey), (1, Grammar::LabelValue)]),
    ("add_pod_annotation", &[(0, Grammar::AnnotationKey), (1, Grammar::Plain)]),
    ("set_display_name", &[(0, Grammar::Plain)]),
    ("add_node_selector_constraint", &[(0, Grammar::LabelKey), (1, Grammar::LabelValue)]),
    ("set_max_cache_staleness", &[(0, Grammar::Iso8601)]),
    ("image", &[(0, Grammar::Image)]),
    ("backoff_duration", &[(0, Grammar::Duration)]),
    ("backoff_max_duration", &[(0, Grammar::Duration)]),
    ("duration", &[(0, Grammar::Duration)]),
    ("set_pod_gc_delay", &[(0, Grammar::Duration)]),
    ("set_deadline", &[(0, Grammar::DurationWithUnit)]),
    ("max_age", &[(0, Grammar::Age)]),
    ("add_schedule", &[(0, Grammar::Schedule)]),
    ("set_timezone", &[(0, Grammar::TimeZone)]),
    ("json_path", &[(0, Grammar::JsonPath)]),
    ("add_label", &[(0, Grammar::LabelKey), (1, Grammar::LabelValue)]),
    ("add_annotation", &[(0, Grammar::AnnotationKey)]),
    ("set_default_pod_node_selector", &[(0, Grammar::LabelKey), (1, Grammar::LabelValue)]),
    ("set_service_account", &[(0, Grammar::Subdomain)]),
    ("set_executor_service_account", &[(0, Grammar::Subdomain)]),
    ("set_priority_class", &[(0, Grammar::Subdomain)]),
    ("set_pod_priority_class", &[(0, Grammar::Subdomain)]),
    ("set_image_pull_secrets", &[(0, Grammar::Subdomain)]),
    ("set_artifact_repository_config_map", &[(0, Grammar::Subdomain)]),
    ("config_map", &[(0, Grammar::Subdomain)]),
    ("size_limit", &[(0, Grammar::Quantity("memory"))]),
    ("add_pvolume", &[(0, Grammar::MountPath)]),
    ("set_image_pull_policy", &[(0, Grammar::Word(word::PULL_POLICY))]),
    ("set_termination_message_policy", &[(0, Grammar::Word(word::TERMINATION_MESSAGE_POLICY))]),
    ("effect", &[(0, Grammar::Word(word::EFFECT))]),
    ("protocol", &[(0, Grammar::Word(word::PROTOCOL))]),
    ("mount_propagation", &[(0, Grammar::Word(word::PROPAGATION))]),
    ("modes", &[(0, Grammar::Word(word::ACCESS_MODE))]),
    ("merge_strategy", &[(0, Grammar::Word(word::MERGE_STRATEGY))]),
    ("set_pod_gc", &[(0, Grammar::Word(word::POD_GC))]),
    ("set_artifact_gc", &[(0, Grammar::Word(word::ARTIFACT_GC))]),
    ("set_volume_claim_gc", &[(0, Grammar::Word(word::CLAIM_GC))]),
    ("set_concurrency_policy", &[(0, Grammar::Word(word::CONCURRENCY))]),
    ("set_dns_policy", &[(0, Grammar::Word(word::DNS_POLICY))]),
    ("success_condition", &[(0, Grammar::Condition)]),
    ("failure_condition", &[(0, Grammar::Condition)]),
    ("ContainerOp::new", &[(1, Grammar::Image)]),
    ("UserContainer::new", &[(0, Grammar::Label), (1, Grammar::Image)]),
    ("Sidecar::new", &[(0, Grammar::Label), (1, Grammar::Image)]),
    ("EnvVar::new", &[(0, Grammar::EnvName), (1, Grammar::Plain)]),
    ("EnvVar::secret", &[(0, Grammar::EnvName)]),
    ("EnvVar::config_map", &[(0, Grammar::EnvName)]),
    ("EnvVar::field", &[(0, Grammar::EnvName)]),
    ("EnvVar::resource_field", &[(0, Grammar::EnvName)]),
    ("VolumeMount::new", &[(1, Grammar::MountPath)]),
    ("VolumeDevice::new", &[(1, Grammar::MountPath)]),
    ("Volume::pvc", &[(0, Grammar::Label), (1, Grammar::Subdomain)]),
    ("Volume::secret", &[(0, Grammar::Label), (1, Grammar::Subdomain)]),
    ("Volume::config_map", &[(0, Grammar::Label), (1, Grammar::Subdomain)]),
    ("Volume::empty_dir", &[(0, Grammar::Label)]),
    ("Volume::memory", &[(0, Grammar::Label)]),
    ("Volume::host_path", &[(0, Grammar::Label)]),
    ("Volume::nfs", &[(0, Grammar::Label)]),
    ("Toleration::exists", &[(0, Grammar::TaintKey)]),
    ("Toleration::equal", &[(0, Grammar::LabelKey), (1, Grammar::LabelValue)]),
    ("NodeRequirement::is_in", &[(0, Grammar::LabelKey), (1, Grammar::LabelValue)]),
    ("NodeRequirement::not_in", &[(0, Grammar::LabelKey), (1, Grammar::LabelValue)]),
    ("NodeRequirement::exists", &[(0, Grammar::LabelKey)]),
    ("NodeRequirement::does_not_exist", &[(0, Grammar::LabelKey)]),
    ("NodeRequirement::greater_than", &[(0, Grammar::LabelKey)]),
    ("NodeRequirement::less_than", &[(0, Grammar::LabelKey)]),
    ("PodRequirement::label", &[(0, Grammar::LabelKey), (1, Grammar::LabelValue), (2, Grammar::LabelKey)]),
    ("PipelineVolume::pvc", &[(0, Grammar::Subdomain)]),
    ("VolumeOp::new", &[(2, Grammar::Quantity("storage"))]),
    ("VolumeClaimTemplate::new", &[(0, Grammar::Label), (1, Grammar::Quantity("storage"))]),
];

/// The languages of the arguments of a method, or of `Type::function`.
pub fn arguments(call: &str) -> &'static [(usize, Grammar)] {
    CALLS.iter().find(|(known, _)| *known == call).map_or(&[], |(_, arguments)| arguments)
}

impl Grammar {
    /// What is wrong with a text; `first` is the first argument of the call, if it is a constant.
    pub fn read(self, text: &str, first: Option<&str>) -> Result<(), Mistake> {
        match self {
            Self::Quantity(resource) => quantity::parse_for(resource, text).map(drop),
            Self::QuantityOfFirst => match first {
                Some(resource) => quantity::parse_for(resource, text).map(drop),
                None => quantity::parse(text).map(drop),
            },
            Self::TaintKey if text.is_empty() => Ok(()),
            Self::LabelKey | Self::TaintKey => label::parse(text).map(drop),
            Self::LabelValue => label::value(text),
            Self::AnnotationKey => label::annotation(text),
            Self::Image => image::parse(text).map(drop),
            Self::Duration => duration::parse_or_seconds(text).map(drop),
            Self::DurationWithUnit => duration::with_unit(text).map(drop),
            Self::Age => duration::parse(text).map(drop),
            Self::Iso8601 => iso8601::parse(text).map(drop),
            Self::Condition if text.trim().is_empty() => {
                let mistake = Mistake::new(Code(330), 0..text.len(), "the condition is empty, so it holds at once");
                Err(mistake.help("say what to wait for, `status.phase == Succeeded`, or leave it out"))
            }
            Self::Condition => condition::parse(text).map(drop),
            Self::JsonPath => jsonpath::parse(text).map(drop),
            Self::EnvName => env::name(text),
            Self::Label => name::label(text),
            Self::Subdomain => name::subdomain(text),
            Self::MountPath => path::mount(text),
            Self::Plain => substitution::plain(text),
            Self::Schedule => cron::parse(text),
            Self::TimeZone => cron::time_zone(text),
            Self::Word(words) => words.read(text),
        }
    }
}
