//! Others that do the same.

use std::fs::File;
use std::io::Write;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// `true` that often, by `xargs -P`: seconds.
pub(crate) fn xargs(count: usize, processes: usize) -> f64 {
    let start = Instant::now();
    let mut command = Command::new("xargs");
    command.args(["-P", &processes.to_string(), "-n", "1", "true"]).stdin(Stdio::piped());
    let mut child = command.spawn().expect("xargs");
    let lines: Vec<String> = (0..count).map(|index| format!("{index}\n")).collect();
    let lines = lines.concat();
    child.stdin.take().expect("a pipe").write_all(lines.as_bytes()).expect("xargs");
    assert!(child.wait().expect("xargs").success());
    start.elapsed().as_secs_f64()
}

/// The same chain of additions, by KFP 2's `SubprocessRunner`: as it comes, with a virtual environment a task, or at its
/// fastest, without any and without installing the SDK.
const KFP2: &str = "
import sys, time, tempfile, io, contextlib, logging, warnings
warnings.filterwarnings('ignore')
from kfp import dsl, local
is_fast = sys.argv[2] == 'fast'
local.init(local.SubprocessRunner(use_venv=not is_fast), pipeline_root=tempfile.mkdtemp())
logging.disable(logging.WARNING)
count = int(sys.argv[1])
@dsl.component(base_image='python:3.11', install_kfp_package=not is_fast)
def add(a: int, b: int) -> int:
    return a + b
@dsl.pipeline(name='chain')
def chain(x: int = 1) -> int:
    value = x
    for _ in range(count):
        value = add(a=value, b=1).output
    return value
start = time.perf_counter()
with contextlib.redirect_stdout(io.StringIO()):
    result = chain(x=1)
assert result.output == count + 1
print((time.perf_counter() - start) / count)
";

/// Seconds for each task of a chain of this length in KFP 2's local runner; `mode` is `fast` or not.
pub(crate) fn kfp2(count: usize, mode: &str) -> Result<f64, String> {
    let python = std::env::var("KFP2_PYTHON").map_err(|_| "KFP2_PYTHON names no Python that has kfp 2".to_owned())?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    // The SDK wants components in a file.
    let file = folder.path().join("chain.py");
    std::fs::write(&file, KFP2).map_err(|error| error.to_string())?;
    let output = Command::new(&python).arg(&file).args([&count.to_string(), mode]).output();
    let output = output.map_err(|error| format!("{python}: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let last = text.lines().last().unwrap_or_default();
    last.trim().parse().map_err(|_| String::from_utf8_lossy(&output.stderr).trim().to_owned())
}

/// Seconds that the disk needs to have a line safe, which a chain waits for after each task; the median.
pub(crate) fn sync(place: &Path) -> f64 {
    let file = File::create(place.join("sync")).expect("a file");
    file.write_all_at(&vec![0; 65536], 0).expect("a write");
    file.sync_all().expect("a sync");
    let mut times: Vec<f64> = (0..100)
        .map(|index| {
            file.write_all_at(&[b'x'; 300], index * 300).expect("a write");
            let start = Instant::now();
            file.sync_data().expect("a sync");
            start.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[50]
}
