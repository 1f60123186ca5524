//! What the KFP UI shows beside a task.

use super::{Output, UiMetadata};
use serde_json::{Value, json};
use std::io;

/// Something that the KFP UI shows beside a task: a confusion matrix, a ROC curve, a table, a page, TensorBoard. Its content
/// is written into the metadata itself, but for what is at a URI.
#[derive(Clone, PartialEq, Debug)]
pub struct Viewer(Result<Value, String>);

impl Viewer {
    /// How often an example of each class (a row) was predicted as each (a column). KFP's `confusion_matrix`.
    pub fn confusion_matrix<L: Into<String>>(labels: impl IntoIterator<Item = L>, counts: &[Vec<u64>]) -> Self {
        let labels: Vec<String> = labels.into_iter().map(Into::into).collect();
        if labels.is_empty() || counts.len() != labels.len() || counts.iter().any(|row| row.len() != labels.len()) {
            return Self::refused("a confusion matrix has a row and a column for each of its labels");
        }
        let twice = |index: usize| labels[..index].contains(&labels[index]);
        if (0..labels.len())
            .any(|index| twice(index) || labels[index].is_empty() || labels[index].trim() != labels[index])
        {
            return Self::refused("the labels of a confusion matrix differ, and have no spaces around them");
        }
        let rows = labels.iter().zip(counts).flat_map(|(target, row)| {
            labels.iter().zip(row).map(move |(predicted, count)| [target.clone(), predicted.clone(), count.to_string()])
        });
        let columns = [("target", "CATEGORY"), ("predicted", "CATEGORY"), ("count", "NUMBER")];
        let mut viewer = csv("confusion_matrix", rows);
        viewer["schema"] = schema(columns);
        viewer["labels"] = labels.into();
        Self(Ok(viewer))
    }

    /// Points of a ROC curve: the share of false positives, the share of true positives, the threshold. KFP's `roc`.
    pub fn roc(points: impl IntoIterator<Item = (f64, f64, f64)>) -> Self {
        let points: Vec<_> = points.into_iter().collect();
        let is_share = |share: f64| (0.0..=1.0).contains(&share);
        if points.is_empty() || !points.iter().all(|(fpr, tpr, _)| is_share(*fpr) && is_share(*tpr)) {
            return Self::refused("a ROC curve has points, whose rates are between 0 and 1");
        }
        let rows = points.iter().map(|(fpr, tpr, threshold)| [*fpr, *tpr, *threshold].map(|number| number.to_string()));
        let mut viewer = csv("roc", rows);
        viewer["schema"] = schema([("fpr", "NUMBER"), ("tpr", "NUMBER"), ("thresholds", "NUMBER")]);
        Self(Ok(viewer))
    }

    /// A table with the names of its columns. KFP's `table`.
    pub fn table<H: Into<String>, C: ToString, R: IntoIterator<Item = C>>(
        header: impl IntoIterator<Item = H>,
        rows: impl IntoIterator<Item = R>,
    ) -> Self {
        let header: Vec<String> = header.into_iter().map(Into::into).collect();
        let rows: Vec<Vec<String>> =
            rows.into_iter().map(|row| row.into_iter().map(|cell| cell.to_string()).collect()).collect();
        if header.is_empty() || rows.is_empty() || rows.iter().any(|row| row.len() != header.len()) {
            return Self::refused("a table has rows, each with as many cells as there are columns");
        }
        let mut viewer = csv("table", rows);
        viewer["header"] = header.into();
        Self(Ok(viewer))
    }

    /// A page in Markdown. KFP's `markdown`.
    pub fn markdown(text: impl Into<String>) -> Self {
        Self::inline("markdown", text.into())
    }

    /// A page in HTML. KFP's `web-app`.
    pub fn html(page: impl Into<String>) -> Self {
        Self::inline("web-app", page.into())
    }

    /// TensorBoard over logs at a URI: `s3://bucket/logs`. KFP's `tensorboard`.
    pub fn tensorboard(uri: impl Into<String>) -> Self {
        const SCHEMES: [&str; 5] = ["gs://", "s3://", "minio://", "http://", "https://"];
        let uri = uri.into();
        let is_stored = SCHEMES.iter().any(|scheme| uri.starts_with(scheme)) || uri.starts_with("volume://");
        if !is_stored {
            return Self::refused("TensorBoard reads a URI: `s3://bucket/logs`");
        }
        Self(Ok(json!({ "type": "tensorboard", "source": uri })))
    }

    /// The image of a TensorBoard; without effect on others.
    pub fn image(mut self, image: impl Into<String>) -> Self {
        if let Ok(viewer) = &mut self.0
            && viewer["type"] == "tensorboard"
        {
            viewer["image"] = image.into().into();
        }
        self
    }

    fn inline(kind: &str, source: String) -> Self {
        if source.is_empty() {
            return Self::refused("the UI shows no page that is empty");
        }
        Self(Ok(json!({ "type": kind, "storage": "inline", "source": source })))
    }

    fn refused(why: &str) -> Self {
        Self(Err(why.to_owned()))
    }
}

fn csv<R: IntoIterator<Item = String>>(kind: &str, rows: impl IntoIterator<Item = R>) -> Value {
    let rows = rows.into_iter().map(|row| row.into_iter().map(cell).collect::<Vec<_>>().join(","));
    let source = rows.collect::<Vec<_>>().join("\n");
    json!({ "type": kind, "format": "csv", "storage": "inline", "source": source })
}

/// A cell of CSV, in quotes where it has to be.
fn cell(text: String) -> String {
    if text.is_empty() || text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

fn schema<const N: usize>(columns: [(&str, &str); N]) -> Value {
    columns.iter().map(|(name, kind)| json!({ "name": name, "type": kind })).collect()
}

impl Output<UiMetadata> {
    /// Writes what the KFP UI shows beside the task, if the output is named `mlpipeline_ui_metadata`.
    ///
    /// # Errors
    /// What the UI could not show, a file that cannot be written.
    pub fn write_viewers(&self, viewers: impl IntoIterator<Item = Viewer>) -> io::Result<()> {
        let refused = |why: String| io::Error::new(io::ErrorKind::InvalidInput, why);
        let viewers: Vec<Value> =
            viewers.into_iter().map(|viewer| viewer.0.map_err(refused)).collect::<io::Result<_>>()?;
        self.write(json!({ "outputs": viewers }).to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(viewer: Viewer) -> Value {
        let output = Output::<UiMetadata>::temp().unwrap();
        output.write_viewers([viewer]).unwrap();
        let mut written: Value = serde_json::from_str(&output.read_to_string().unwrap()).unwrap();
        written["outputs"][0].take()
    }

    #[test]
    fn what_the_ui_reads() {
        assert_eq!(
            written(Viewer::confusion_matrix(["cat", "a \"dog\", big"], &[vec![3, 1], vec![0, 2]])),
            json!({
                "type": "confusion_matrix", "format": "csv", "storage": "inline",
                "source": "cat,cat,3\ncat,\"a \"\"dog\"\", big\",1\n\"a \"\"dog\"\", big\",cat,0\n\"a \"\"dog\"\", big\",\"a \"\"dog\"\", big\",2",
                "schema": [
                    {"name": "target", "type": "CATEGORY"},
                    {"name": "predicted", "type": "CATEGORY"},
                    {"name": "count", "type": "NUMBER"},
                ],
                "labels": ["cat", "a \"dog\", big"],
            })
        );
        assert_eq!(
            written(Viewer::roc([(0.0, 0.0, 1.0), (0.25, 0.5, 0.1)])),
            json!({
                "type": "roc", "format": "csv", "storage": "inline", "source": "0,0,1\n0.25,0.5,0.1",
                "schema": [
                    {"name": "fpr", "type": "NUMBER"},
                    {"name": "tpr", "type": "NUMBER"},
                    {"name": "thresholds", "type": "NUMBER"},
                ],
            })
        );
        assert_eq!(
            written(Viewer::table(["depth", "score"], [[2.0, 0.5], [3.0, 0.75]])),
            json!({
                "type": "table", "format": "csv", "storage": "inline", "source": "2,0.5\n3,0.75",
                "header": ["depth", "score"],
            })
        );
        let page = |kind: &str| json!({ "type": kind, "storage": "inline", "source": "# Hi\n" });
        assert_eq!(written(Viewer::markdown("# Hi\n")), page("markdown"));
        assert_eq!(written(Viewer::html("# Hi\n")), page("web-app"));
        assert_eq!(
            written(Viewer::tensorboard("s3://runs/logs").image("tensorflow/tensorflow:2.3.0")),
            json!({ "type": "tensorboard", "source": "s3://runs/logs", "image": "tensorflow/tensorflow:2.3.0" })
        );
    }

    #[test]
    fn what_it_could_not_show() {
        let none: [[f64; 1]; 0] = [];
        for refused in [
            Viewer::confusion_matrix(["a", "b"], &[vec![1, 2]]),
            Viewer::confusion_matrix(["a", "a"], &[vec![1, 2], vec![3, 4]]),
            Viewer::confusion_matrix(["a", " b"], &[vec![1, 2], vec![3, 4]]),
            Viewer::roc([]),
            Viewer::roc([(0.0, f64::NAN, 1.0)]),
            Viewer::table(["a"], none),
            Viewer::table(["a"], [[1, 2]]),
            Viewer::markdown(""),
            Viewer::html(""),
            Viewer::tensorboard("logs"),
        ] {
            let output = Output::<UiMetadata>::temp().unwrap();
            assert_eq!(output.write_viewers([refused]).unwrap_err().kind(), io::ErrorKind::InvalidInput);
        }
    }
}
