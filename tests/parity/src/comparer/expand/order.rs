//! After what a task runs, without what follows from the rest.

use crate::comparer::plan::{Fact, Id, Plan};
use std::collections::{BTreeMap, BTreeSet};

/// Leaves each task with the tasks that it comes after directly.
pub(super) fn reduce(plan: &mut Plan) {
    let direct: BTreeMap<Id, BTreeSet<Id>> = (0..plan.entities.len()).map(|at| (Id(at), after(plan, Id(at)))).collect();
    for (id, before) in &direct {
        let implied: BTreeSet<Id> = before.iter().flat_map(|other| closure(*other, &direct)).collect();
        let left: BTreeSet<Id> = before.difference(&implied).copied().collect();
        let facts = &mut plan.entities[id.0].facts;
        facts.retain(|(what, _)| what != "after");
        if !left.is_empty() {
            facts.push(("after".to_owned(), Fact::Entities(left)));
        }
    }
}

fn after(plan: &Plan, id: Id) -> BTreeSet<Id> {
    let facts = plan.entities[id.0].facts.iter().filter(|(what, _)| what == "after");
    facts.flat_map(|(_, fact)| fact.entities()).collect()
}

fn closure(id: Id, direct: &BTreeMap<Id, BTreeSet<Id>>) -> BTreeSet<Id> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![id]);
    while let Some(id) = open.pop() {
        for before in direct.get(&id).into_iter().flatten() {
            if seen.insert(*before) {
                open.push(*before);
            }
        }
    }
    seen
}
