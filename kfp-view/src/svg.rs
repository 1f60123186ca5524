//! Pictures as SVG.

use crate::layout::{HEADER, Inner, LETTERS, Placed, place};
use crate::picture::{Picture, Task, duration};
use std::fmt::Write;

/// The picture as an SVG document. Every task is a `<g data-id="..">`; colours are its classes.
pub fn svg(picture: &Picture) -> String {
    let placed = place(&picture.root, true);
    let (width, height) = placed.size;
    let mut out = String::new();
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" \
         height=\"{height:.0}\" role=\"img\" aria-label=\"{title}\" font-family=\"system-ui, sans-serif\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n\
         <defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" \
         orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" class=\"head\"/></marker></defs>\n\
         <rect class=\"page\" width=\"100%\" height=\"100%\"/>\n",
        title = escaped(&picture.title),
    );
    group(&placed, (0.0, 0.0), &mut out);
    out.push_str("</svg>\n");
    out
}

const STYLE: &str = "\
.page{fill:#fff}.box{fill:#f6f8fa;stroke:#8c959f}.group{fill:#818b981a;stroke:#8c959f80}\
text{fill:#1f2328;font-size:13px}.small{font-size:11px;fill:#59636e}.edge{fill:none;stroke:#8c959f;stroke-width:1.3}\
.head{fill:#8c959f}.join{fill:#8c959f}.sign{font-size:13px;font-weight:600}\
.Succeeded>.box{fill:#dafbe1;stroke:#1a7f37}.Succeeded>.sign{fill:#1a7f37}\
.Failed>.box,.Error>.box{fill:#ffebe9;stroke:#cf222e}.Failed>.sign,.Error>.sign{fill:#cf222e}\
.Running>.box{fill:#ddf4ff;stroke:#0969da}.Running>.sign{fill:#0969da}\
.Skipped>.box,.Omitted>.box{fill:#f6f8fa;stroke:#8c959f;stroke-dasharray:4 3}\
.Failed>.group,.Error>.group{stroke:#cf222e}.Succeeded>.group{stroke:#1a7f3780}.Running>.group{stroke:#0969da}\
.chosen>.box{stroke-width:3}\
@media(prefers-color-scheme:dark){.page{fill:#0d1117}.box{fill:#161b22;stroke:#6e7681}text{fill:#e6edf3}\
.small{fill:#9198a1}.edge{stroke:#6e7681}.head,.join{fill:#6e7681}.Succeeded>.box{fill:#12261e}\
.Failed>.box,.Error>.box{fill:#2d1214}.Running>.box{fill:#0c2d4d}.Skipped>.box,.Omitted>.box{fill:#161b22}}";

fn group(placed: &Placed<'_>, (left, top): (f64, f64), out: &mut String) {
    // Edges first: a box that one crosses stays readable.
    for points in &placed.edges {
        edge(points, (left, top), out);
    }
    for (x, y, inner) in &placed.nodes {
        let at = (left + x, top + y);
        match inner {
            Inner::Task(task, size) => leaf(task, at, *size, out),
            Inner::Group(placed) => {
                frame(&placed.group.task, at, placed.size, out);
                group(placed, at, out);
            }
            Inner::Join => {
                let _ =
                    writeln!(out, "<circle class=\"join\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"4\"/>", at.0 + 4.0, at.1 + 4.0);
            }
        }
    }
}

fn edge(points: &[(f64, f64)], (left, top): (f64, f64), out: &mut String) {
    let mut path = String::new();
    for pair in points.windows(2) {
        let ((x1, y1), (x2, y2)) = (pair[0], pair[1]);
        let (x1, y1, x2, y2) = (left + x1, top + y1, left + x2, top + y2);
        let middle = f64::midpoint(y1, y2);
        if path.is_empty() {
            let _ = write!(path, "M{x1:.1} {y1:.1}");
        }
        let _ = write!(path, "C{x1:.1} {middle:.1} {x2:.1} {middle:.1} {x2:.1} {y2:.1}");
    }
    let _ = writeln!(out, "<path class=\"edge\" d=\"{path}\" marker-end=\"url(#arrow)\"/>");
}

fn leaf(task: &Task, (x, y): (f64, f64), (width, height): (f64, f64), out: &mut String) {
    open(task, out);
    let round = if task.kind == "suspend" { 20 } else { 6 };
    let _ = write!(
        out,
        "<rect class=\"box\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"{round}\"/>"
    );
    let sign = state_sign(task, x + 8.0, y + 18.0, out);
    text(&task.label, x + 8.0 + sign, y + 18.0, "", out);
    let time = task.seconds.map_or_else(String::new, |seconds| format!(" \u{b7} {}", duration(seconds)));
    text(&format!("{}{time}", task.kind), x + 8.0, y + 34.0, "small", out);
    notes(task, x + 8.0, y + 48.0, out);
    out.push_str("</g>\n");
}

fn frame(task: &Task, (x, y): (f64, f64), (width, height): (f64, f64), out: &mut String) {
    open(task, out);
    let _ = write!(
        out,
        "<rect class=\"group\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"10\"/>"
    );
    let sign = state_sign(task, x + 12.0, y + 19.0, out);
    let time = task.seconds.map_or_else(String::new, |seconds| format!(" \u{b7} {}", duration(seconds)));
    text(&task.label, x + 12.0 + sign, y + 19.0, "", out);
    let after = crate::layout::text_width(&cut(&task.label), 13.0) + sign + 22.0;
    text(&format!("{}{time}", task.kind), x + after, y + 19.0, "small", out);
    notes(task, x + 12.0, y + HEADER + 8.0, out);
    out.push_str("</g>\n");
}

fn open(task: &Task, out: &mut String) {
    let state = task.state.map_or("", crate::State::name);
    let _ = write!(out, "<g class=\"{state}\" data-id=\"{}\"><title>{}", escaped(&task.id), escaped(&task.label));
    for note in &task.notes {
        let _ = write!(out, "\n{}", escaped(note));
    }
    if !state.is_empty() {
        let _ = write!(out, "\n{state}");
    }
    out.push_str("</title>");
}

fn state_sign(task: &Task, x: f64, y: f64, out: &mut String) -> f64 {
    let Some(state) = task.state else { return 0.0 };
    let _ = write!(out, "<text class=\"sign\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", state.sign());
    15.0
}

fn notes(task: &Task, x: f64, mut y: f64, out: &mut String) {
    for note in &task.notes {
        text(note, x, y, "small", out);
        y += 14.0;
    }
}

fn text(text: &str, x: f64, y: f64, class: &str, out: &mut String) {
    let _ = write!(out, "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", escaped(&cut(text)));
}

/// As much of a text as there is room for.
fn cut(text: &str) -> String {
    if text.chars().count() <= LETTERS {
        return text.to_owned();
    }
    let start: String = text.chars().take(LETTERS - 1).collect();
    format!("{start}\u{2026}")
}

pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Neither XML nor HTML can hold them.
            '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}
