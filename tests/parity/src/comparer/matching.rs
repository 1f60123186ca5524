//! Which entity of one plan is which of the other.

use super::plan::{Id, Kind, Plan};
use super::words::fact_in_words;
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

/// How far an entity looks around itself; further than most pipelines are deep.
const ROUNDS: usize = 24;

/// Pairs of entities: those that are alike as far as they look, then those that are alike when they look less far.
pub(super) fn pairs(theirs: &Plan, ours: &Plan) -> BTreeMap<Id, Id> {
    let mut pairs: BTreeMap<Id, Id> = BTreeMap::new();
    loop {
        let before = pairs.len();
        let left = colours(theirs, &pairs.iter().enumerate().map(|(at, (id, _))| (*id, at)).collect());
        let right = colours(ours, &pairs.iter().enumerate().map(|(at, (_, id))| (*id, at)).collect());
        for round in (0..=ROUNDS).rev() {
            let (left, right) = (
                groups(&left[round], |id| pairs.contains_key(&id)),
                groups(&right[round], |id| pairs.values().any(|other| *other == id)),
            );
            let alike: Vec<_> = left.iter().filter_map(|(colour, ids)| Some((ids, right.get(colour)?))).collect();
            let certain: Vec<_> = alike.iter().filter(|(left, right)| left.len() == 1 && right.len() == 1).collect();
            // Where several are alike it makes no difference which is taken; what is taken decides on others.
            match (certain.is_empty(), alike.iter().min_by_key(|(left, _)| left[0])) {
                (false, _) => pairs.extend(certain.iter().map(|(left, right)| (left[0], right[0]))),
                (true, Some((left, right))) => drop(pairs.insert(left[0], right[0])),
                (true, None) => continue,
            }
            break;
        }
        if pairs.len() == before {
            break;
        }
    }
    nearest(theirs, ours, &mut pairs);
    pairs
}

fn groups(colours: &BTreeMap<Id, u64>, taken: impl Fn(Id) -> bool) -> BTreeMap<u64, Vec<Id>> {
    let mut groups: BTreeMap<u64, Vec<Id>> = BTreeMap::new();
    for (id, colour) in colours.iter().filter(|(id, _)| !taken(**id)) {
        groups.entry(*colour).or_default().push(*id);
    }
    groups
}

/// For each round, what each entity looks like; what is paired already looks like its pair and nothing else.
fn colours(plan: &Plan, paired: &HashMap<Id, usize>) -> Vec<BTreeMap<Id, u64>> {
    let ids = plan.looked_at();
    let mut rounds = Vec::new();
    let mut colours: BTreeMap<Id, u64> = ids.iter().map(|id| (*id, seen(plan, *id, &|_| String::new()))).collect();
    for _ in 0..=ROUNDS {
        let name = |id: Id| match paired.get(&id) {
            Some(pair) => format!("pair {pair}"),
            None => colours.get(&id).map(u64::to_string).unwrap_or_default(),
        };
        let mut from_outside: BTreeMap<Id, Vec<(String, String)>> = BTreeMap::new();
        for id in &ids {
            for (what, fact) in &plan.entities[id.0].facts {
                for other in fact.entities() {
                    from_outside.entry(other).or_default().push((what.clone(), name(*id)));
                }
            }
        }
        let next = ids.iter().map(|id| {
            let mut around = from_outside.remove(id).unwrap_or_default();
            around.sort();
            (*id, hashed(&(colours[id], seen(plan, *id, &name), around)))
        });
        let next = next.collect();
        rounds.push(std::mem::replace(&mut colours, next));
    }
    rounds
}

/// What an entity looks like if the others have these names.
fn seen(plan: &Plan, id: Id, name: &dyn Fn(Id) -> String) -> u64 {
    let entity = &plan.entities[id.0];
    let mut facts: Vec<_> = entity.facts.iter().map(|(what, fact)| (what, sorted(fact_in_words(fact, name)))).collect();
    facts.sort();
    hashed(&(entity.kind, facts))
}

fn sorted(mut words: Vec<String>) -> Vec<String> {
    words.sort();
    words
}

fn hashed(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Pairs what is left by how much is alike; what has nothing in common stays alone.
fn nearest(theirs: &Plan, ours: &Plan, pairs: &mut BTreeMap<Id, Id>) {
    let facts = |plan: &Plan, id: Id| -> Vec<(String, Vec<String>)> {
        let facts = plan.entities[id.0].facts.iter();
        facts.map(|(what, fact)| (what.clone(), fact_in_words(fact, &|_| String::new()))).collect()
    };
    let mut candidates = Vec::new();
    for left in theirs.looked_at() {
        for right in ours.looked_at() {
            let (one, other) = (&theirs.entities[left.0], &ours.entities[right.0]);
            if one.kind != other.kind || pairs.contains_key(&left) || pairs.values().any(|id| *id == right) {
                continue;
            }
            let (mine, yours) = (facts(theirs, left), facts(ours, right));
            let alike = mine.iter().filter(|fact| yours.contains(fact)).count();
            let same_name = usize::from(one.name == other.name);
            if alike + same_name > 0 || one.kind != Kind::Task {
                candidates.push((std::cmp::Reverse(2 * alike + 3 * same_name), left, right));
            }
        }
    }
    candidates.sort();
    for (_, left, right) in candidates {
        if !pairs.contains_key(&left) && !pairs.values().any(|id| *id == right) {
            pairs.insert(left, right);
        }
    }
}
