//! How much the parts make tasks wait for what they do not need.

use crate::argo::{Task, Template};
use crate::hash::HashMap;

/// Beyond so many tasks nobody counts: no cluster takes such a manifest.
const MOST: usize = 20_000;

/// So many 64 tasks at a time.
const WORDS: usize = 8;

/// Waits that a division into parts adds.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Waits {
    /// So many tasks wait for a task that they did not wait for before.
    pub tasks: usize,
    /// So many pairs of tasks wait for each other that did not before.
    pub pairs: usize,
}

/// Compares what each task waits for, directly or through others, with what it waits for in a template with parts. None if
/// there are too many tasks to count.
pub(super) fn added(tasks: &[String], waits: &[Vec<u32>], template: &Template, parts: &[Template]) -> Option<Waits> {
    if tasks.len() > MOST {
        return None;
    }
    let mut after = After {
        tasks: tasks.iter().map(String::as_str).zip(0..).collect(),
        parts: parts.iter().map(|part| (part.name.as_str(), part)).collect(),
        waits: vec![Vec::new(); tasks.len()],
    };
    after.walk(tasks_of(template), None);
    let (before, order_before) = (waits, order(waits));
    let order_after = order(&after.waits);
    let mut added = Waits::default();
    let mut waiting = vec![false; tasks.len()];
    for first in (0..tasks.len()).step_by(64 * WORDS) {
        let old = reached(before, &order_before, first, tasks.len());
        let new = reached(&after.waits, &order_after, first, tasks.len());
        for (task, waiting) in waiting.iter_mut().enumerate() {
            let pairs: u32 = old[task].iter().zip(&new[task]).map(|(old, new)| (new & !old).count_ones()).sum();
            added.pairs += pairs as usize;
            *waiting |= pairs > 0;
        }
    }
    added.tasks = waiting.into_iter().filter(|waiting| *waiting).count();
    Some(added)
}

fn tasks_of(template: &Template) -> &[Task] {
    template.dag.as_ref().map_or(&[], |dag| &dag.tasks)
}

/// What waits for what: first the tasks, then the beginning and the end of each part.
struct After<'t> {
    tasks: HashMap<&'t str, u32>,
    parts: HashMap<&'t str, &'t Template>,
    waits: Vec<Vec<u32>>,
}

impl<'t> After<'t> {
    fn node(&mut self) -> u32 {
        self.waits.push(Vec::new());
        u32::try_from(self.waits.len() - 1).unwrap_or(u32::MAX)
    }

    /// Adds the tasks of a DAG, which wait for `begin`; gives those at whose end it ends.
    fn walk(&mut self, tasks: &'t [Task], begin: Option<u32>) -> Vec<u32> {
        let mut ends: HashMap<&str, (u32, u32)> = HashMap::default();
        for task in tasks {
            let part = task.template.as_deref().and_then(|name| self.parts.get(name)).copied();
            let (start, end) = match part {
                None => (self.tasks[task.name.as_str()], self.tasks[task.name.as_str()]),
                Some(part) => {
                    let (start, end) = (self.node(), self.node());
                    let inner = self.walk(tasks_of(part), Some(start));
                    self.waits[end as usize] = inner;
                    (start, end)
                }
            };
            self.waits[start as usize].extend(begin);
            ends.insert(&task.name, (start, end));
        }
        for task in tasks {
            let start = ends[task.name.as_str()].0 as usize;
            self.waits[start]
                .extend(task.dependencies.iter().filter_map(|name| ends.get(name.as_str())).map(|it| it.1));
        }
        ends.into_values().map(|(_, end)| end).collect()
    }
}

/// An order in which everything stands after what it waits for.
fn order(waits: &[Vec<u32>]) -> Vec<u32> {
    let mut followers = vec![Vec::new(); waits.len()];
    for (task, waits) in (0..).zip(waits) {
        for other in waits {
            followers[*other as usize].push(task);
        }
    }
    let mut open: Vec<usize> = waits.iter().map(Vec::len).collect();
    let mut order: Vec<u32> = (0..).zip(&open).filter(|(_, open)| **open == 0).map(|(task, _)| task).collect();
    let mut next = 0;
    while let Some(&task) = order.get(next) {
        next += 1;
        for &follower in &followers[task as usize] {
            open[follower as usize] -= 1;
            if open[follower as usize] == 0 {
                order.push(follower);
            }
        }
    }
    order
}

/// For each node which of the tasks from `first` on it waits for, as bits.
fn reached(waits: &[Vec<u32>], order: &[u32], first: usize, tasks: usize) -> Vec<[u64; WORDS]> {
    let mut reached = vec![[0; WORDS]; waits.len()];
    for &node in order {
        let mut all = [0; WORDS];
        for &other in &waits[node as usize] {
            let other = other as usize;
            all.iter_mut().zip(&reached[other]).for_each(|(all, more)| *all |= more);
            if other < tasks && (first..first + 64 * WORDS).contains(&other) {
                all[(other - first) / 64] |= 1 << ((other - first) % 64);
            }
        }
        reached[node as usize] = all;
    }
    reached
}
