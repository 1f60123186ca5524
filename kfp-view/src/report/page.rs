//! The page itself. Texts of the run enter it by `textContent` alone.

pub(super) const PAGE: &str = r#"<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>@TITLE@</title>
<meta name="viewport" content="width=device-width"><style>@STYLE@</style></head>
<body><header><h1>@TITLE@</h1><span id="phase"></span><span id="when"></span>
<nav><button data-tab="graph">Graph</button><button data-tab="times">Times</button><button data-tab="tasks">Tasks</button></nav>
<input id="find" type="search" placeholder="find a task" aria-label="find a task"></header>
<div id="body"><main>
<section id="graph"><div id="view">@PICTURE@</div></section>
<section id="times"></section>
<section id="tasks"></section>
</main><aside id="detail"></aside></div>
<script type="application/json" id="data">@DATA@</script>
<script>@MOVE@</script>
<script>@SCRIPT@</script></body></html>
"#;

pub(super) const STYLE: &str = "\
:root{color-scheme:light dark;--line:#8c959f55;--soft:#59636e;--back:#fff;--bar:#ddf4ff}\
@media(prefers-color-scheme:dark){:root{--soft:#9198a1;--back:#0d1117;--bar:#0c2d4d}}\
*{box-sizing:border-box}body{margin:0;height:100vh;display:flex;flex-direction:column;font:14px/1.45 system-ui,sans-serif;\
background:var(--back)}header{display:flex;flex-wrap:wrap;gap:6px 16px;align-items:center;padding:8px 16px;\
border-bottom:1px solid var(--line)}h1{font-size:16px;margin:0}header span{color:var(--soft)}nav{display:flex;gap:2px}\
button{font:inherit;padding:3px 10px;border:1px solid var(--line);background:none;border-radius:6px;cursor:pointer;\
color:inherit}button.on{background:var(--bar)}#find{margin-left:auto;padding:4px 8px;font:inherit}\
#body{flex:1;display:flex;min-height:0}main{flex:1;min-width:0;display:flex}section{flex:1;min-width:0;overflow:auto;\
display:none}section.on{display:block}#graph{overflow:hidden}#view{height:100%;cursor:grab;touch-action:none}\
aside{width:420px;max-width:45vw;border-left:1px solid var(--line);padding:12px 16px;overflow:auto}\
aside h2{font-size:15px;margin:0 0 4px;overflow-wrap:anywhere}aside h3{font-size:12px;margin:16px 0 4px;color:var(--soft);\
text-transform:uppercase;letter-spacing:.04em}pre{margin:0;padding:8px;background:#818b9814;border-radius:6px;\
white-space:pre-wrap;overflow-wrap:anywhere;max-height:340px;overflow:auto;font:12px/1.4 ui-monospace,monospace}\
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:3px 8px;border-bottom:1px solid var(--line);\
vertical-align:top;overflow-wrap:anywhere}td:first-child{white-space:nowrap}th{color:var(--soft);font-weight:500}\
tr[data-go]{cursor:pointer}tr[data-go]:hover{background:#818b9814}.s-Succeeded{color:#1a7f37}\
.s-Failed,.s-Error{color:#cf222e}.s-Running{color:#0969da}.s-Skipped,.s-Omitted,.s-Pending{color:var(--soft)}\
.lane{display:grid;grid-template-columns:minmax(120px,260px) 1fr 70px;gap:8px;align-items:center;padding:1px 12px;\
cursor:pointer}.lane:hover{background:#818b9814}.lane b{font-weight:400;white-space:nowrap;overflow:hidden;\
text-overflow:ellipsis}.lane i{font-style:normal;color:var(--soft);text-align:right}.track{position:relative;height:16px}\
.bar{position:absolute;top:2px;height:12px;min-width:2px;border-radius:3px;background:#1a7f37aa}\
.bar.Failed,.bar.Error{background:#cf222e}.bar.Running,.bar.Pending{background:#0969daaa}.message{color:#cf222e;\
overflow-wrap:anywhere}svg g[data-id]{cursor:pointer}svg g.found>.box,svg g.found>.group{stroke:#bf8700!important;\
stroke-width:3}.empty{color:var(--soft)}";

pub(super) const SCRIPT: &str = r"
const run = JSON.parse(document.getElementById('data').textContent);
const byId = new Map(run.tasks.map(task => [task.id, task]));
const signs = {Succeeded: '\u2713', Failed: '\u2717', Error: '!', Running: '\u25b6', Pending: '\u25cb', Skipped: '\u2013', Omitted: '\u2013'};
function make(tag, text, parent, name) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (name) element.className = name;
  parent?.append(element);
  return element;
}
function took(seconds) {
  if (seconds === null || seconds === undefined) return '';
  if (seconds < 10) return seconds.toFixed(2) + ' s';
  if (seconds < 60) return Math.round(seconds) + ' s';
  if (seconds < 3600) return Math.floor(seconds / 60) + ' min ' + Math.round(seconds % 60) + ' s';
  return Math.floor(seconds / 3600) + ' h ' + Math.floor(seconds % 3600 / 60) + ' min';
}
const first = Math.min(...run.tasks.map(task => task.start));
const last = Math.max(run.end ?? 0, ...run.tasks.map(task => task.end ?? task.start));
const phase = document.getElementById('phase');
phase.textContent = (signs[run.phase] ?? '') + ' ' + run.phase; phase.className = 's-' + run.phase;
document.getElementById('when').textContent = run.created + (run.tasks.length ? ' \u00b7 ' + took((last - first) / 1000) : '');

function tab(name) {
  for (const section of document.querySelectorAll('section')) section.classList.toggle('on', section.id === name);
  for (const button of document.querySelectorAll('nav button')) button.classList.toggle('on', button.dataset.tab === name);
  if (name === 'graph') fit();
}
for (const button of document.querySelectorAll('nav button')) button.onclick = () => tab(button.dataset.tab);

function pairs(title, values, parent) {
  const entries = Object.entries(values ?? {});
  if (!entries.length) return;
  make('h3', title, parent);
  const table = make('table', undefined, parent);
  for (const [name, value] of entries) {
    const row = make('tr', undefined, table);
    make('td', name, row); make('td', value, row);
  }
}
function metrics(text) {
  try {
    const value = JSON.parse(text);
    const list = Array.isArray(value?.metrics) ? value.metrics : null;
    if (list) return Object.fromEntries(list.map(it => [it.name, String(it.numberValue)]));
  } catch (error) { return null; }
  return null;
}
const detail = document.getElementById('detail');
function overview() {
  detail.replaceChildren();
  make('h2', run.name, detail);
  make('div', (signs[run.phase] ?? '') + ' ' + run.phase, detail, 's-' + run.phase);
  if (run.message) make('p', run.message, detail, 'message');
  pairs('Parameters', run.parameters, detail);
  const bad = run.tasks.filter(task => (task.state === 'Failed' || task.state === 'Error') && task.kind === 'pod');
  if (bad.length) {
    make('h3', 'What went wrong', detail);
    const table = make('table', undefined, detail);
    for (const task of bad.slice(0, 50)) {
      const row = make('tr', undefined, table);
      row.dataset.go = task.id; row.onclick = () => choose(task.id);
      make('td', task.name, row); make('td', task.message, row);
    }
  }
  make('p', 'Choose a task for its inputs, outputs and logs.', detail, 'empty');
}
function choose(id) {
  const task = byId.get(id);
  if (!task) return;
  for (const node of document.querySelectorAll('svg g[data-id]')) node.classList.toggle('chosen', node.dataset.id === id);
  detail.replaceChildren();
  make('h2', task.name, detail);
  make('div', signs[task.state] + ' ' + task.state + (task.seconds === null ? '' : ' \u00b7 ' + took(task.seconds)), detail, 's-' + task.state);
  if (task.message) make('p', task.message, detail, 'message');
  const facts = {node: task.id, kind: task.kind};
  if (task.template) facts.template = task.template;
  if (task.exitCode !== null && task.exitCode !== undefined) facts['exit code'] = task.exitCode;
  facts.started = new Date(task.start).toLocaleString();
  pairs('Task', facts, detail);
  pairs('Inputs', task.inputs, detail);
  pairs('Outputs', task.outputs, detail);
  for (const artifact of task.artifacts ?? []) {
    make('h3', (artifact.direction === 'in' ? 'Input file ' : 'Output file ') + artifact.name, detail);
    if (artifact.file) {
      const link = make('a', artifact.file, detail);
      link.href = artifact.file.split('/').map(encodeURIComponent).join('/');
    }
    const numbers = artifact.text ? metrics(artifact.text) : null;
    if (numbers) pairs('Metrics', numbers, detail);
    else if (artifact.text) make('pre', artifact.text, detail);
  }
  for (const log of task.logs ?? []) {
    make('h3', log.name + (log.size > log.text.length ? ' (the end of ' + log.size + ' bytes)' : ''), detail);
    make('pre', log.text, detail);
  }
}
for (const node of document.querySelectorAll('svg g[data-id]')) {
  node.addEventListener('click', event => { event.stopPropagation(); choose(node.dataset.id); });
}

const times = document.getElementById('times'), whole = Math.max(1, last - first);
for (const task of run.tasks) {
  if (task.kind === 'not run') continue;
  const lane = make('div', undefined, times, 'lane');
  const depth = Math.max(0, task.id.split('.').length - 1);
  make('b', task.name, lane).style.paddingLeft = Math.min(depth, 8) * 10 + 'px';
  lane.title = task.id;
  const bar = make('div', undefined, make('div', undefined, lane, 'track'), 'bar ' + task.state);
  bar.style.left = (task.start - first) / whole * 100 + '%';
  bar.style.width = ((task.end ?? last) - task.start) / whole * 100 + '%';
  make('i', took(task.seconds), lane);
  lane.onclick = () => choose(task.id);
}
const table = make('table', undefined, document.getElementById('tasks'));
const head = make('tr', undefined, table);
for (const name of ['task', 'state', 'took', 'template', 'message']) make('th', name, head);
for (const task of run.tasks) {
  const row = make('tr', undefined, table);
  row.dataset.go = task.id; row.onclick = () => choose(task.id);
  make('td', task.id, row); make('td', signs[task.state] + ' ' + task.state, row, 's-' + task.state);
  make('td', took(task.seconds), row); make('td', task.template, row); make('td', task.message, row);
}
find.addEventListener('input', () => {
  const word = find.value.trim().toLowerCase();
  for (const row of table.querySelectorAll('tr[data-go]')) row.hidden = !row.dataset.go.toLowerCase().includes(word);
});
overview(); tab('graph');
";
