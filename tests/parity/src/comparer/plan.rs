//! What would run.

use super::{Expr, Text};
use std::collections::BTreeSet;

/// An entity of a plan, by its place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub usize);

/// What a manifest would run.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// All that there is: tasks, loops, repeated parts.
    pub entities: Vec<Entity>,
}

/// Something in a plan, with all that is known about it.
#[derive(Clone, Debug)]
pub struct Entity {
    /// What it is.
    pub kind: Kind,
    /// What the manifest calls it; for people, never compared.
    pub name: String,
    /// What is known about it; a name may be there several times.
    pub facts: Vec<(String, Fact)>,
}

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The workflow itself.
    Workflow,
    /// A task: one pod, one change of a resource, or the place where a part repeats itself.
    Task,
    /// A loop.
    Loop,
    /// A part that repeats itself: recursion.
    Cycle,
    /// What each repetition is given.
    Argument,
}

/// Something that is known about an entity.
#[derive(Clone, Debug)]
pub enum Fact {
    /// A text.
    Text(Text),
    /// A condition.
    Condition(Expr),
    /// Other entities.
    Entities(BTreeSet<Id>),
}

impl Plan {
    /// Adds an entity.
    pub fn add(&mut self, kind: Kind, name: &str) -> Id {
        let taken = self.entities.iter().filter(|entity| entity.name.split(" (").next() == Some(name)).count();
        let name = if taken == 0 { name.to_owned() } else { format!("{name} ({})", taken + 1) };
        self.entities.push(Entity { kind, name, facts: Vec::new() });
        Id(self.entities.len() - 1)
    }

    /// Adds a fact about an entity.
    pub fn know(&mut self, id: Id, what: impl Into<String>, fact: Fact) {
        self.entities[id.0].facts.push((what.into(), fact));
    }

    /// Forgets the arguments of repeated parts that stay what they were, and those that nobody looks at.
    pub fn settle(&mut self) {
        while let Some((id, text)) = self.entities.iter().enumerate().find_map(|(at, entity)| settled(Id(at), entity)) {
            let put = |other: Id| (other == id).then(|| text.clone());
            self.entities[id.0].facts.clear();
            for (_, fact) in self.entities.iter_mut().flat_map(|entity| &mut entity.facts) {
                *fact = match &*fact {
                    Fact::Text(text) => Fact::Text(text.replace(&put)),
                    Fact::Condition(expression) => Fact::Condition(expression.replace(&put)),
                    Fact::Entities(_) => continue,
                };
            }
        }
    }

    /// Which entities are compared: all but arguments that no other one looks at.
    pub fn looked_at(&self) -> Vec<Id> {
        let is_argument = |id: Id| self.entities[id.0].kind == Kind::Argument;
        let all = (0..self.entities.len()).map(Id);
        let mut seen: BTreeSet<Id> = all.filter(|id| !is_argument(*id)).collect();
        let mut open: Vec<Id> = seen.iter().copied().collect();
        while let Some(id) = open.pop() {
            for (_, fact) in &self.entities[id.0].facts {
                open.extend(fact.entities().into_iter().filter(|other| is_argument(*other) && seen.insert(*other)));
            }
        }
        seen.into_iter().collect()
    }
}

/// The text that an argument of a repeated part always is.
fn settled(id: Id, entity: &Entity) -> Option<(Id, Text)> {
    if entity.kind != Kind::Argument || entity.facts.is_empty() {
        return None;
    }
    let mut texts = entity.facts.iter().filter_map(|(what, fact)| match fact {
        Fact::Text(text) => Some((what.as_str(), text)),
        _ => None,
    });
    let own = Text::of(super::Origin::Argument(id));
    let (_, first) = texts.clone().find(|(what, _)| *what == "begins as")?;
    texts.all(|(what, text)| what == "begins as" || *text == own || text == first).then(|| (id, first.clone()))
}

impl Fact {
    /// The entities that it refers to.
    pub fn entities(&self) -> Vec<Id> {
        let mut found = Vec::new();
        match self {
            Fact::Text(text) => text.entities(&mut found),
            Fact::Condition(expression) => expression.entities(&mut found),
            Fact::Entities(ids) => found.extend(ids),
        }
        found
    }
}
