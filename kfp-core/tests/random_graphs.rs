//! Whatever is built, every reference of its manifest leads somewhere.

mod support;

use kfp_core::argo::{Workflow, references};
use proptest::prelude::*;
use std::collections::HashMap;
use support::random::graph;

/// Whether every DAG can be walked to its end.
fn ends(workflow: &Workflow) -> bool {
    workflow.spec.templates.iter().filter_map(|template| template.dag.as_ref()).all(|dag| {
        let mut rank: HashMap<&str, usize> = HashMap::new();
        let mut left: Vec<_> = dag.tasks.iter().collect();
        loop {
            let before = left.len();
            left.retain(|task| {
                let ready = task.dependencies.iter().all(|name| rank.contains_key(name.as_str()));
                if ready {
                    rank.insert(&task.name, rank.len());
                }
                !ready
            });
            if left.is_empty() || left.len() == before {
                return left.is_empty();
            }
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_reference_leads_somewhere(numbers in prop::collection::vec(any::<u8>(), 0..160)) {
        let graph = graph(&numbers);
        let (workflow, _) = kfp_core::compile(&graph).unwrap_or_else(|errors| panic!("{errors}"));
        let problems = references::unresolved(&workflow);
        let yaml = workflow.to_yaml();
        prop_assert!(problems.is_empty(), "{problems:#?}\n{yaml}");
        prop_assert!(ends(&workflow), "{yaml}");
        let again = kfp_core::argo::workflow(&graph).unwrap();
        prop_assert_eq!(&again, &workflow);
        let read = Workflow::from_yaml(&yaml).unwrap_or_else(|error| panic!("{error}\n{yaml}"));
        prop_assert_eq!(read, workflow);
    }
}
