//! Two manifests side by side.

use super::deliberate::{self, Reason};
use super::expand::expand;
use super::matching::pairs;
use super::plan::{Id, Plan};
use super::words::fact_in_words;
use super::{Kind, Result};
use kfp::argo::Workflow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Something that two manifests do not have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The task, the loop or the workflow.
    pub of: String,
    /// What is different about it; empty if it is there on one side only.
    pub what: String,
    /// What only they say.
    pub theirs: BTreeSet<String>,
    /// What only we say.
    pub ours: BTreeSet<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = |words: &BTreeSet<String>| {
            let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
            if words.is_empty() { "nothing".to_owned() } else { words.join(" and ") }
        };
        match self.what.as_str() {
            "" => write!(f, "{}: there {}, here {}", self.of, said(&self.theirs), said(&self.ours)),
            what => write!(f, "{}, {what}: there {}, here {}", self.of, said(&self.theirs), said(&self.ours)),
        }
    }
}

/// All differences that nobody has given a reason for.
///
/// # Errors
/// Manifests that cannot be expanded.
pub fn compare(theirs: &Workflow, ours: &Workflow) -> Result<Vec<Difference>> {
    let all = differences(theirs, ours)?;
    Ok(all.into_iter().filter(|(_, reason)| reason.is_none()).map(|(difference, _)| difference).collect())
}

/// All differences, each with the reason for it if it is deliberate.
///
/// # Errors
/// Manifests that cannot be expanded.
pub fn differences(theirs: &Workflow, ours: &Workflow) -> Result<Vec<(Difference, Option<Reason>)>> {
    let (theirs, ours) = (expand(theirs)?, expand(ours)?);
    let pairs = pairs(&theirs, &ours);
    let back: BTreeMap<Id, Id> = pairs.iter().map(|(left, right)| (*right, *left)).collect();
    let alone = |side: &str, plan: &Plan, id: Id| format!("{} (only {side})", plan.entities[id.0].name);
    let in_theirs = |id: Id| match pairs.contains_key(&id) {
        true => theirs.entities[id.0].name.clone(),
        false => alone("there", &theirs, id),
    };
    let in_ours = |id: Id| match back.get(&id) {
        Some(left) => theirs.entities[left.0].name.clone(),
        None => alone("here", &ours, id),
    };
    let mut found = Vec::new();
    for id in theirs.looked_at() {
        match pairs.get(&id) {
            Some(other) => found.extend(between(
                &name(&theirs, id),
                &facts(&theirs, id, &in_theirs),
                &facts(&ours, *other, &in_ours),
            )),
            None => found.push(lonely(&theirs, id, true)),
        }
    }
    found.extend(ours.looked_at().into_iter().filter(|id| !back.contains_key(id)).map(|id| lonely(&ours, id, false)));
    Ok(found.into_iter().map(|difference| (deliberate::reason(&difference), difference)).map(|(r, d)| (d, r)).collect())
}

fn name(plan: &Plan, id: Id) -> String {
    let entity = &plan.entities[id.0];
    match entity.kind {
        Kind::Workflow | Kind::Task => entity.name.clone(),
        Kind::Loop => format!("the loop {}", entity.name),
        Kind::Cycle => format!("the recursion {}", entity.name),
        Kind::Argument => format!("the argument {}", entity.name),
    }
}

fn lonely(plan: &Plan, id: Id, is_theirs: bool) -> Difference {
    let (here, nothing) = (BTreeSet::from(["it is".to_owned()]), BTreeSet::new());
    let (theirs, ours) = if is_theirs { (here, nothing) } else { (nothing, here) };
    Difference { of: name(plan, id), what: String::new(), theirs, ours }
}

fn facts(plan: &Plan, id: Id, names: &dyn Fn(Id) -> String) -> BTreeMap<String, BTreeSet<String>> {
    let mut facts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (what, fact) in &plan.entities[id.0].facts {
        facts.entry(what.clone()).or_default().extend(fact_in_words(fact, names));
    }
    facts
}

fn between(
    of: &str,
    theirs: &BTreeMap<String, BTreeSet<String>>,
    ours: &BTreeMap<String, BTreeSet<String>>,
) -> Vec<Difference> {
    let none = BTreeSet::new();
    let names: BTreeSet<&String> = theirs.keys().chain(ours.keys()).collect();
    let difference = |what: &String| {
        let (left, right) = (theirs.get(what).unwrap_or(&none), ours.get(what).unwrap_or(&none));
        (left != right).then(|| Difference {
            of: of.to_owned(),
            what: what.clone(),
            theirs: left.difference(right).cloned().collect(),
            ours: right.difference(left).cloned().collect(),
        })
    };
    names.into_iter().filter_map(difference).collect()
}
