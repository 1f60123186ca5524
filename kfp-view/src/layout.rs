//! Where everything stands: layers from top to bottom, groups around what is in them.
//!
//! Each group is laid out by itself: a task stands below all that it waits for; in a layer, tasks stand near what they are
//! joined with (barycentres, a few sweeps); an edge over several layers goes through points of its own. A layer that is too
//! wide for a screen breaks into rows.

use crate::picture::{Group, Node, duration};

pub(crate) const TASK_HEIGHT: f64 = 44.0;
const NOTE_HEIGHT: f64 = 14.0;
/// Room between boxes of a layer, and between layers.
const GAP: (f64, f64) = (18.0, 34.0);
/// Room inside of a group; more at its top, for its name.
const PADDING: f64 = 14.0;
pub(crate) const HEADER: f64 = 26.0;
/// A layer breaks into rows where it would be wider.
const WIDEST: f64 = 1_500.0;
/// Letters of a name that are shown.
pub(crate) const LETTERS: usize = 56;

/// To the right and down, or a width and a height, in pixels.
pub(crate) type Point = (f64, f64);

/// A group with the places of its nodes, relative to its own corner.
pub(crate) struct Placed<'p> {
    pub(crate) group: &'p Group,
    pub(crate) size: (f64, f64),
    pub(crate) nodes: Vec<(f64, f64, Inner<'p>)>,
    /// Each as the points that it goes through.
    pub(crate) edges: Vec<Vec<(f64, f64)>>,
}

pub(crate) enum Inner<'p> {
    Task(&'p crate::picture::Task, (f64, f64)),
    Group(Placed<'p>),
    Join,
}

impl Inner<'_> {
    fn size(&self) -> (f64, f64) {
        match self {
            Self::Task(_, size) => *size,
            Self::Group(placed) => placed.size,
            Self::Join => (8.0, 8.0),
        }
    }
}

/// Lays a group out.
pub(crate) fn place(group: &Group, is_root: bool) -> Placed<'_> {
    let inner: Vec<Inner<'_>> = group
        .nodes
        .iter()
        .map(|node| match node {
            Node::Task(task) => Inner::Task(task, task_size(task)),
            Node::Group(group) => Inner::Group(place(group, false)),
            Node::Join => Inner::Join,
        })
        .collect();
    let sizes: Vec<(f64, f64)> = inner.iter().map(Inner::size).collect();
    let top = if is_root { PADDING } else { PADDING + HEADER + notes_height(&group.task) };
    let grid = Grid::new(&sizes, &group.edges);
    let (places, edges, (width, height)) = grid.places((PADDING, top));
    let name = if is_root { 0.0 } else { header_width(&group.task) };
    let notes = group.task.notes.iter().map(|note| text_width(note, 11.0) + 24.0).fold(0.0, f64::max);
    let wanted = if is_root { 0.0 } else { name.max(notes) };
    // What is narrower than its name stands in the middle.
    let shift = ((wanted - width - 2.0 * PADDING) / 2.0).max(0.0);
    let nodes = inner.into_iter().zip(places).map(|(inner, (x, y))| (x + shift, y, inner)).collect();
    let edges = edges.into_iter().map(|line| line.into_iter().map(|(x, y)| (x + shift, y)).collect()).collect();
    Placed { group, size: (width.max(wanted - 2.0 * PADDING) + 2.0 * PADDING, top + height + PADDING), nodes, edges }
}

fn header_width(task: &crate::picture::Task) -> f64 {
    let time = task.seconds.map_or(0.0, |seconds| text_width(&duration(seconds), 11.0) + 14.0);
    text_width(&task.label, 13.0) + text_width(task.kind, 11.0) + time + 60.0
}

fn task_size(task: &crate::picture::Task) -> (f64, f64) {
    let extra = task.seconds.map_or(0.0, |seconds| text_width(&duration(seconds), 11.0) + 8.0);
    let notes = task.notes.iter().map(|note| text_width(note, 11.0)).fold(0.0, f64::max);
    let width =
        (text_width(&task.label, 13.0) + 26.0).max(notes + 16.0).max(text_width(task.kind, 11.0) + extra + 24.0);
    (width.max(84.0), TASK_HEIGHT + notes_height(task))
}

#[expect(clippy::cast_precision_loss, reason = "a handful of notes")]
fn notes_height(task: &crate::picture::Task) -> f64 {
    task.notes.len() as f64 * NOTE_HEIGHT
}

#[expect(clippy::cast_precision_loss, reason = "a name is short")]
pub(crate) fn text_width(text: &str, size: f64) -> f64 {
    text.chars().count().min(LETTERS) as f64 * size * 0.56
}

/// The nodes of a group, and the points of its long edges, in layers.
struct Grid {
    sizes: Vec<(f64, f64)>,
    /// How many of them are nodes; the rest are points.
    nodes: usize,
    layers: Vec<Vec<usize>>,
    /// From one layer to the next.
    links: Vec<(usize, usize)>,
    /// Each edge as the nodes and points that it goes through.
    routes: Vec<Vec<usize>>,
}

impl Grid {
    fn new(sizes: &[(f64, f64)], edges: &[(usize, usize)]) -> Self {
        let edges = without_shortcuts(sizes.len(), edges);
        let ranks = ranks(sizes.len(), &edges);
        let depth = ranks.iter().max().map_or(0, |deepest| deepest + 1);
        let mut grid = Self {
            sizes: sizes.to_vec(),
            nodes: sizes.len(),
            layers: vec![Vec::new(); depth],
            links: Vec::new(),
            routes: Vec::new(),
        };
        for (node, rank) in ranks.iter().enumerate() {
            grid.layers[*rank].push(node);
        }
        for (from, to) in edges {
            let mut route = vec![from];
            for rank in ranks[from] + 1..ranks[to] {
                let point = grid.sizes.len();
                grid.sizes.push((2.0, 2.0));
                grid.layers[rank].push(point);
                route.push(point);
            }
            route.push(to);
            grid.links.extend(route.windows(2).map(|pair| (pair[0], pair[1])));
            grid.routes.push(route);
        }
        grid.order();
        grid
    }

    /// Moves what is joined together, from layer to layer, down and up.
    #[expect(clippy::cast_precision_loss, reason = "as many tasks as a picture holds")]
    fn order(&mut self) {
        let count = self.sizes.len();
        let (mut above, mut below) = (vec![Vec::new(); count], vec![Vec::new(); count]);
        for (from, to) in &self.links {
            above[*to].push(*from);
            below[*from].push(*to);
        }
        let mut position = vec![0.0_f64; count];
        let settle = |layer: &[usize], position: &mut Vec<f64>| {
            for (index, node) in layer.iter().enumerate() {
                position[*node] = (index as f64 + 0.5) / layer.len() as f64;
            }
        };
        for layer in &self.layers {
            settle(layer, &mut position);
        }
        for sweep in 0..6 {
            let neighbours = if sweep % 2 == 0 { &above } else { &below };
            let mut order: Vec<usize> = (0..self.layers.len()).collect();
            if sweep % 2 == 1 {
                order.reverse();
            }
            for index in order {
                let middle = |node: &usize| {
                    let near = &neighbours[*node];
                    let sum: f64 = near.iter().map(|it| position[*it]).sum();
                    if near.is_empty() { position[*node] } else { sum / near.len() as f64 }
                };
                let mut keyed: Vec<(f64, usize)> =
                    self.layers[index].iter().map(|node| (middle(node), *node)).collect();
                keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
                self.layers[index] = keyed.into_iter().map(|(_, node)| node).collect();
                settle(&self.layers[index], &mut position);
            }
        }
    }

    /// The corner of each node, the points of each edge, and the size of it all.
    fn places(&self, corner: Point) -> (Vec<Point>, Vec<Vec<Point>>, Point) {
        let rows: Vec<Vec<usize>> = self.layers.iter().flat_map(|layer| self.rows(layer)).collect();
        let row_width = |row: &[usize]| row.iter().map(|node| self.sizes[*node].0 + GAP.0).sum::<f64>() - GAP.0;
        let width = rows.iter().map(|row| row_width(row)).fold(0.0, f64::max);
        let mut places = vec![(0.0, 0.0); self.sizes.len()];
        let mut heights = vec![0.0; self.sizes.len()];
        let mut y = corner.1;
        for row in &rows {
            let height = row.iter().map(|node| self.sizes[*node].1).fold(0.0, f64::max);
            let mut x = corner.0 + (width - row_width(row)) / 2.0;
            for node in row {
                let (own_width, own_height) = self.sizes[*node];
                let is_point = *node >= self.nodes;
                places[*node] = (x, if is_point { y } else { y + (height - own_height) / 2.0 });
                heights[*node] = if is_point { height } else { own_height };
                x += own_width + GAP.0;
            }
            y += height + GAP.1;
        }
        let height = (y - GAP.1 - corner.1).max(0.0);
        let edges = self.routes.iter().map(|route| self.points(route, &places, &heights)).collect();
        places.truncate(self.nodes);
        (places, edges, (width, height))
    }

    fn rows(&self, layer: &[usize]) -> Vec<Vec<usize>> {
        let (mut rows, mut row, mut width) = (Vec::new(), Vec::new(), 0.0);
        for node in layer {
            let own = self.sizes[*node].0 + GAP.0;
            if width + own > WIDEST && !row.is_empty() {
                rows.push(std::mem::take(&mut row));
                width = 0.0;
            }
            row.push(*node);
            width += own;
        }
        rows.push(row);
        rows
    }

    /// From the bottom of the first to the top of the last, straight down through every row between.
    fn points(&self, route: &[usize], places: &[Point], heights: &[f64]) -> Vec<Point> {
        let ends = |node: &usize| {
            let (x, y) = (places[*node].0 + self.sizes[*node].0 / 2.0, places[*node].1);
            [(x, y), (x, y + heights[*node])]
        };
        let points: Vec<Point> = route.iter().flat_map(ends).collect();
        points[1..points.len() - 1].to_vec()
    }
}

/// The layer of each node: below all that come before it, and no higher than what comes after it needs.
fn ranks(count: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let (mut after, mut waiting) = (vec![Vec::new(); count], vec![0_usize; count]);
    for (from, to) in edges {
        after[*from].push(*to);
        waiting[*to] += 1;
    }
    let has_before: Vec<bool> = waiting.iter().map(|count| *count > 0).collect();
    let mut ranks = vec![0_usize; count];
    let mut ready: Vec<usize> = (0..count).filter(|node| waiting[*node] == 0).collect();
    while let Some(node) = ready.pop() {
        for next in &after[node] {
            ranks[*next] = ranks[*next].max(ranks[node] + 1);
            waiting[*next] -= 1;
            if waiting[*next] == 0 {
                ready.push(*next);
            }
        }
    }
    for node in (0..count).filter(|node| !has_before[*node]) {
        if let Some(first) = after[node].iter().map(|next| ranks[*next]).min() {
            ranks[node] = first.saturating_sub(1);
        }
    }
    ranks
}

/// The edges without those that a longer way says as well.
fn without_shortcuts(count: usize, edges: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut edges: Vec<(usize, usize)> = edges.iter().copied().filter(|(from, to)| from != to).collect();
    edges.sort_unstable();
    edges.dedup();
    if count * edges.len() > 4_000_000 {
        return edges;
    }
    let mut after = vec![Vec::new(); count];
    for (from, to) in &edges {
        after[*from].push(*to);
    }
    let is_reached_otherwise = |from: usize, to: usize| {
        let mut seen = vec![false; count];
        let mut open: Vec<usize> = after[from].iter().copied().filter(|next| *next != to).collect();
        while let Some(node) = open.pop() {
            if node == to {
                return true;
            }
            if !std::mem::replace(&mut seen[node], true) {
                open.extend(&after[node]);
            }
        }
        false
    };
    edges.iter().copied().filter(|(from, to)| !is_reached_otherwise(*from, *to)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_stands_below_all_that_it_waits_for() {
        assert_eq!(ranks(4, &[(0, 1), (1, 2), (0, 2), (3, 2)]), [0, 1, 2, 1]);
    }

    #[test]
    fn an_edge_that_a_longer_way_says_as_well_is_left_out() {
        assert_eq!(without_shortcuts(3, &[(0, 1), (1, 2), (0, 2), (0, 1)]), [(0, 1), (1, 2)]);
    }

    #[test]
    fn nothing_stands_on_anything_else() {
        let sizes = vec![(100.0, 40.0); 300];
        let edges: Vec<_> = (1..300).map(|node| (node / 7, node)).collect();
        let (places, _, (width, _)) = Grid::new(&sizes, &edges).places((0.0, 0.0));
        assert!(width <= WIDEST);
        for (index, (x, y)) in places.iter().enumerate() {
            for (other_x, other_y) in &places[index + 1..] {
                assert!((x - other_x).abs() >= 100.0 || (y - other_y).abs() >= 40.0);
            }
        }
    }
}
