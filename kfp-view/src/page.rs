//! Pictures as pages that need nothing else.

use crate::picture::Picture;
use crate::svg::{escaped, svg};

/// The picture as an HTML page: drag to move, turn the wheel to come nearer, type to find a task.
pub fn page(picture: &Picture) -> String {
    let tasks = picture.root.count();
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width\"><style>{STYLE}</style></head>\n\
         <body><header><h1>{title}</h1><span>{tasks} tasks</span>\
         <input id=\"find\" type=\"search\" placeholder=\"find a task\" aria-label=\"find a task\"></header>\n\
         <main id=\"view\">{svg}</main>\n<script>{MOVE}</script></body></html>\n",
        title = escaped(&picture.title),
        svg = svg(picture),
    )
}

const STYLE: &str = "\
:root{color-scheme:light dark}*{box-sizing:border-box}body{margin:0;height:100vh;display:flex;flex-direction:column;\
font:14px system-ui,sans-serif}header{display:flex;gap:16px;align-items:baseline;padding:8px 16px;\
border-bottom:1px solid #8c959f66}h1{font-size:16px;margin:0}header span{opacity:.7}\
input{margin-left:auto;padding:4px 8px;font:inherit}main{flex:1;overflow:hidden;cursor:grab;touch-action:none}\
svg g.found>.box,svg g.found>.group{stroke:#bf8700!important;stroke-width:3}";

/// Moves and scales the only SVG in `#view`, and marks what is typed into `#find`.
pub(crate) const MOVE: &str = r"
const view = document.getElementById('view'), svg = view.querySelector('svg'), find = document.getElementById('find');
const width = svg.viewBox.baseVal.width, height = svg.viewBox.baseVal.height;
let scale, left, top_;
function show() {
  svg.style.transform = `translate(${left}px,${top_}px) scale(${scale})`;
}
function fit() {
  scale = Math.min(1, Math.max(view.clientWidth / width, 0.35));
  left = Math.max(0, (view.clientWidth - width * scale) / 2); top_ = 0; show();
}
svg.style.transformOrigin = '0 0'; svg.style.display = 'block'; fit(); addEventListener('resize', fit);
function near(factor, x, y) {
  const next = Math.min(4, Math.max(0.05, scale * factor));
  left = x - (x - left) * next / scale; top_ = y - (y - top_) * next / scale; scale = next; show();
}
view.addEventListener('wheel', event => {
  event.preventDefault();
  const box = view.getBoundingClientRect();
  near(Math.exp(-event.deltaY / 500), event.clientX - box.left, event.clientY - box.top);
}, {passive: false});
let held = null;
view.addEventListener('pointerdown', event => { held = [event.clientX - left, event.clientY - top_]; });
addEventListener('pointermove', event => {
  if (held) { left = event.clientX - held[0]; top_ = event.clientY - held[1]; show(); }
});
addEventListener('pointerup', () => { held = null; });
function bring(node) {
  const box = node.getBoundingClientRect(), around = view.getBoundingClientRect();
  left += around.left + around.width / 2 - box.left - box.width / 2;
  top_ += around.top + around.height / 3 - box.top - box.height / 2; show();
}
find.addEventListener('input', () => {
  const word = find.value.trim().toLowerCase();
  let first = null;
  for (const node of svg.querySelectorAll('g[data-id]')) {
    const is = word !== '' && node.dataset.id.toLowerCase().includes(word);
    node.classList.toggle('found', is); first ??= is ? node : null;
  }
  if (first) bring(first);
});
";
