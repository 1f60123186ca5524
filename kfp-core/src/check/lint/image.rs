//! Images that change under their name.

use super::{IMAGE, warn};
use crate::diagnostic::Diagnostic;
use crate::graph::{Graph, OpBody};
use kfp_grammar::image;

/// Warns of images without a tag and of `latest`: what runs depends on when it was pulled.
pub(super) fn check(graph: &Graph, found: &mut Vec<Diagnostic>) {
    for op in &graph.ops {
        let OpBody::Container(container) = &op.body else { continue };
        let Some(text) = container.image.literal() else { continue };
        let Ok(image) = image::parse(&text) else { continue };
        if image.digest.is_none() && image.tag.is_none_or(|tag| tag == "latest") {
            let message = format!("the image `{text}` is whatever is the latest when it is pulled");
            let help = "name a version, `alpine:3.20`, or a digest, so that a run can be repeated";
            warn(found, IMAGE, op.place, message, help);
        }
    }
}
