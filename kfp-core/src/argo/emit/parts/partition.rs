//! Which tasks of a DAG go into one part.
//!
//! A part waits for all that any of its tasks waits for, so every cut may make tasks wait for what they do not need. These
//! cuts make none wait:
//! - between tasks that have nothing to do with each other, the *components*;
//! - between two *stages*: all that ends the first is needed by all that begins the second.
//!
//! What has neither is cut into *bands*: whole levels, where the level of a task is the length of the longest chain before
//! it. All that a band may wait for in vain has lower levels, so the longest chain of the DAG stays as long as it was.

use std::collections::BTreeSet;

/// How often stages are looked for in components and components in stages. Deeper there is little to be gained, and a chain
/// with something beside each of its tasks has as many such layers as it has tasks.
const DEPTH: usize = 6;

/// Divides tasks, given by what each waits for directly, into parts of at most `limit`. Between the parts there is no cycle.
/// Parts and what is in them are in ascending order. Also says whether all cuts are free: none makes a task wait.
pub(super) fn partition(waits: &[Vec<u32>], limit: usize) -> (Vec<Vec<u32>>, bool) {
    let mut followers = vec![Vec::new(); waits.len()];
    for (task, waits) in (0..).zip(waits) {
        for other in waits {
            followers[*other as usize].push(task);
        }
    }
    let count = waits.len();
    let mut partition = Partition {
        waits,
        followers,
        limit,
        set: vec![0; count],
        sets: 0,
        level: vec![0; count],
        open: vec![0; count],
        is_free: true,
    };
    let all = (0..).zip(waits).map(|(task, _)| task).collect();
    let mut parts = partition.parts(all, 0);
    for part in &mut parts {
        part.sort_unstable();
    }
    parts.sort_unstable();
    (parts, partition.is_free)
}

struct Partition<'w> {
    waits: &'w [Vec<u32>],
    followers: Vec<Vec<u32>>,
    limit: usize,
    /// For each task the number of the set that is looked at, if it is in it.
    set: Vec<u32>,
    sets: u32,
    /// For each task of the set its level.
    level: Vec<u32>,
    /// For each task a number that is being counted.
    open: Vec<u32>,
    /// Whether there are only free cuts so far.
    is_free: bool,
}

impl Partition<'_> {
    fn parts(&mut self, tasks: Vec<u32>, depth: usize) -> Vec<Vec<u32>> {
        if tasks.len() <= self.limit {
            return vec![tasks];
        }
        if depth == DEPTH {
            return self.bands(tasks);
        }
        let components = self.components(&tasks);
        let parts = if components.len() > 1 {
            self.apart(components, depth)
        } else {
            let stages = self.stages(&tasks);
            if stages.len() == 1 {
                return self.bands(tasks);
            }
            self.in_a_row(stages, depth)
        };
        // Cuts that are free are no help where they leave crumbs.
        if parts.len() > 2 * tasks.len().div_ceil(self.limit) + 4 {
            let bands = self.bands(tasks);
            if bands.len() < parts.len() {
                return bands;
            }
        }
        parts
    }

    /// Components that are small share parts, in any way.
    fn apart(&mut self, components: Vec<Vec<u32>>, depth: usize) -> Vec<Vec<u32>> {
        let mut parts: Vec<Vec<u32>> = Vec::new();
        // The parts that are not full, each by how many tasks have room in it.
        let mut shared: BTreeSet<(usize, usize)> = BTreeSet::new();
        for component in components {
            if component.len() > self.limit {
                parts.extend(self.parts(component, depth + 1));
                continue;
            }
            let (room, part) =
                shared.range((component.len(), 0)..).next().copied().unwrap_or((self.limit, parts.len()));
            if !shared.remove(&(room, part)) {
                parts.push(Vec::new());
            }
            if room > component.len() {
                shared.insert((room - component.len(), part));
            }
            parts[part].extend(component);
        }
        parts
    }

    /// Stages that follow each other share a part.
    fn in_a_row(&mut self, stages: Vec<Vec<u32>>, depth: usize) -> Vec<Vec<u32>> {
        let mut parts: Vec<Vec<u32>> = Vec::new();
        let mut shared: Vec<u32> = Vec::new();
        for stage in stages {
            if shared.len() + stage.len() > self.limit && !shared.is_empty() {
                parts.push(std::mem::take(&mut shared));
            }
            if stage.len() > self.limit {
                parts.extend(self.parts(stage, depth + 1));
            } else {
                shared.extend(stage);
            }
        }
        if !shared.is_empty() {
            parts.push(shared);
        }
        parts
    }

    /// Makes these the tasks that are looked at.
    fn look_at(&mut self, tasks: &[u32]) {
        self.sets += 1;
        for task in tasks {
            self.set[*task as usize] = self.sets;
        }
    }

    fn is_in(&self, task: u32) -> bool {
        self.set[task as usize] == self.sets
    }

    /// The tasks that are connected with each other, whichever way.
    fn components(&mut self, tasks: &[u32]) -> Vec<Vec<u32>> {
        self.look_at(tasks);
        let mut components = Vec::new();
        for &first in tasks {
            if !self.is_in(first) {
                continue;
            }
            self.set[first as usize] = 0;
            let mut component = vec![first];
            let mut next = 0;
            while let Some(&task) = component.get(next) {
                next += 1;
                for &other in self.waits[task as usize].iter().chain(&self.followers[task as usize]) {
                    if self.set[other as usize] == self.sets {
                        self.set[other as usize] = 0;
                        component.push(other);
                    }
                }
            }
            component.sort_unstable();
            components.push(component);
        }
        components
    }

    /// The tasks by their levels.
    fn levels(&mut self, tasks: &[u32]) -> Vec<Vec<u32>> {
        self.look_at(tasks);
        let mut level = Vec::new();
        for &task in tasks {
            let waits = self.waits[task as usize].iter().filter(|other| self.is_in(**other)).count();
            self.open[task as usize] = u32::try_from(waits).unwrap_or(u32::MAX);
            if waits == 0 {
                level.push(task);
            }
        }
        let mut levels = Vec::new();
        while !level.is_empty() {
            let mut next = Vec::new();
            for &task in &level {
                self.level[task as usize] = u32::try_from(levels.len()).unwrap_or(u32::MAX);
                for &follower in &self.followers[task as usize] {
                    if self.set[follower as usize] == self.sets {
                        self.open[follower as usize] -= 1;
                        if self.open[follower as usize] == 0 {
                            next.push(follower);
                        }
                    }
                }
            }
            levels.push(std::mem::replace(&mut level, next));
        }
        levels
    }

    /// Cuts between levels where every task of the level waits for all tasks before it that nothing before it waits for.
    /// (What a task of a later level waits for is then over as well.)
    fn stages(&mut self, tasks: &[u32]) -> Vec<Vec<u32>> {
        let levels = self.levels(tasks);
        // How many tasks before each level nothing before it waits for, as differences; and how many edges lead from such
        // a task into the level.
        let mut ends = vec![0_i64; levels.len() + 2];
        let mut edges = vec![0_u64; levels.len() + 1];
        for &task in tasks {
            let followers = self.followers[task as usize].iter().filter(|other| self.is_in(**other));
            let next = followers.clone().map(|other| self.level[*other as usize]).min();
            let to = next.map_or(levels.len(), |next| next as usize);
            ends[self.level[task as usize] as usize + 1] += 1;
            ends[to + 1] -= 1;
            if let Some(next) = next {
                edges[to] += followers.filter(|other| self.level[**other as usize] == next).count() as u64;
            }
        }
        let mut stages: Vec<Vec<u32>> = Vec::new();
        let mut ended = 0;
        for (index, level) in levels.into_iter().enumerate() {
            ended += ends[index];
            let is_cut = u64::try_from(ended).is_ok_and(|ended| ended * level.len() as u64 == edges[index]);
            match stages.last_mut() {
                Some(stage) if !is_cut => stage.extend(level),
                _ => stages.push(level),
            }
        }
        stages
    }

    /// As many levels in a row as leave components that fit into a part.
    fn bands(&mut self, tasks: Vec<u32>) -> Vec<Vec<u32>> {
        self.is_free = false;
        let levels = self.levels(&tasks);
        let mut bands = Bands {
            part_of: vec![None; self.waits.len()],
            parts: Vec::new(),
            sets: Sets::new(self.waits.len()),
            band: Vec::new(),
        };
        let mut inside = vec![false; self.waits.len()];
        for level in levels {
            let mut fits = true;
            for &task in &level {
                for &other in self.waits[task as usize].iter().filter(|other| inside[**other as usize]) {
                    fits &= bands.sets.join(task, other) <= self.limit;
                }
            }
            if !fits {
                for task in &bands.band {
                    inside[*task as usize] = false;
                }
                self.close(&mut bands);
                for task in &level {
                    bands.sets.reset(*task);
                }
            }
            for task in &level {
                inside[*task as usize] = true;
            }
            bands.band.extend(level);
        }
        self.close(&mut bands);
        bands.parts
    }

    /// Divides a band into parts: components that wait for the same parts together, others only to fill a part by half.
    fn close(&mut self, bands: &mut Bands) {
        let band = std::mem::take(&mut bands.band);
        let components = self.components(&band);
        let waits_of = |component: Vec<u32>| {
            let waits = component.iter().flat_map(|task| &self.waits[*task as usize]);
            let mut parts: Vec<usize> = waits.filter_map(|other| bands.part_of[*other as usize]).collect();
            parts.sort_unstable();
            parts.dedup();
            (parts, component)
        };
        let mut components: Vec<_> = components.into_iter().map(waits_of).collect();
        components.sort_unstable();
        let mut last: Option<Vec<usize>> = None;
        for (waits, component) in components {
            let fits = |part: &Vec<u32>| {
                let helps = last.as_ref() == Some(&waits) || 2 * part.len() <= self.limit;
                helps && part.len() + component.len() <= self.limit
            };
            if last.is_none() || !bands.parts.last().is_some_and(fits) {
                bands.parts.push(Vec::new());
            }
            let index = bands.parts.len() - 1;
            for task in &component {
                bands.part_of[*task as usize] = Some(index);
            }
            bands.parts[index].extend(component);
            last = Some(waits);
        }
    }
}

/// Bands while they are divided.
struct Bands {
    part_of: Vec<Option<usize>>,
    parts: Vec<Vec<u32>>,
    sets: Sets,
    /// The tasks of the band that is open.
    band: Vec<u32>,
}

/// Sets of tasks that are joined.
struct Sets {
    parent: Vec<u32>,
    size: Vec<usize>,
}

impl Sets {
    fn new(count: usize) -> Self {
        Self { parent: (0..).zip(0..count).map(|(task, _)| task).collect(), size: vec![1; count] }
    }

    fn reset(&mut self, task: u32) {
        self.parent[task as usize] = task;
        self.size[task as usize] = 1;
    }

    fn root(&mut self, mut task: u32) -> u32 {
        while self.parent[task as usize] != task {
            let above = self.parent[self.parent[task as usize] as usize];
            self.parent[task as usize] = above;
            task = above;
        }
        task
    }

    /// Joins two; gives how many there are together.
    fn join(&mut self, one: u32, other: u32) -> usize {
        let (one, other) = (self.root(one), self.root(other));
        if one != other {
            let (one, other) =
                if self.size[one as usize] < self.size[other as usize] { (other, one) } else { (one, other) };
            self.parent[other as usize] = one;
            self.size[one as usize] += self.size[other as usize];
        }
        let root = self.root(one);
        self.size[root as usize]
    }
}
