//! The environment variables of a container, and `$(NAME)` in its texts, as Kubernetes has them.

use crate::pod::Pod;
use kfp_core::argo::Container;
use std::collections::BTreeMap;

/// The variables of a container in their order.
pub(crate) fn of(pod: &Pod, container: &Container) -> Result<Vec<(String, String)>, String> {
    let mut variables = Vec::new();
    for source in &container.env_from {
        let prefix = source["prefix"].as_str().unwrap_or_default();
        let (keys, reference) = match (source.get("configMapRef"), source.get("secretRef")) {
            (Some(map), _) => (map["name"].as_str().and_then(|name| pod.sources.config_map(name)), map),
            (None, Some(secret)) => (secret["name"].as_str().and_then(|name| pod.sources.secret(name)), secret),
            (None, None) => continue,
        };
        if keys.is_none() && reference["optional"] != true {
            return Err(format!("`envFrom`: {} is not given; {}", reference["name"], crate::sources::Sources::HELP));
        }
        for (key, value) in keys.into_iter().flatten() {
            variables.push((format!("{prefix}{key}"), String::from_utf8_lossy(value).into_owned()));
        }
    }
    for variable in &container.env {
        let value = match &variable.value_from {
            None => Some(expanded(variable.value.as_deref().unwrap_or_default(), &variables)),
            Some(from) => {
                let wrong = |message: String| format!("the variable `{}`: {message}", variable.name);
                if let Some(reference) = from.get("configMapKeyRef") {
                    pod.sources.config_map_key(reference).map_err(wrong)?
                } else if let Some(reference) = from.get("secretKeyRef") {
                    pod.sources.secret_key(reference).map_err(wrong)?
                } else if let Some(path) = from["fieldRef"]["fieldPath"].as_str() {
                    field(pod, path)
                } else {
                    from["resourceFieldRef"]["resource"].as_str().and_then(|name| resource(container, name))
                }
            }
        };
        variables.extend(value.map(|value| (variable.name.clone(), value)));
    }
    Ok(variables)
}

/// A field of a pod, by its path.
pub(crate) fn field(pod: &Pod, path: &str) -> Option<String> {
    let quoted = |prefix: &str| path.strip_prefix(prefix)?.strip_prefix("['")?.strip_suffix("']");
    match path {
        "metadata.name" => Some(pod.name.clone()),
        "metadata.namespace" => Some(pod.namespace.clone()),
        "metadata.uid" => Some(format!("{}-{}", pod.name, pod.id)),
        "spec.serviceAccountName" => Some("default".to_owned()),
        "spec.nodeName" => Some("localhost".to_owned()),
        "status.podIP" | "status.hostIP" => Some("127.0.0.1".to_owned()),
        _ => {
            let metadata = &pod.template.metadata;
            let label = quoted("metadata.labels").map(|key| metadata.labels.get(key));
            let found = label.or_else(|| quoted("metadata.annotations").map(|key| metadata.annotations.get(key)));
            found.map(|found| found.cloned().unwrap_or_default())
        }
    }
}

/// `limits.cpu` and its like: cores rounded up, bytes.
fn resource(container: &Container, name: &str) -> Option<String> {
    let (kind, name) = name.split_once('.')?;
    let list = if kind == "limits" { &container.resources.limits } else { &container.resources.requests };
    list.get(name).map(|text| whole(text))
}

/// A quantity as a whole number, rounded up.
fn whole(text: &str) -> String {
    let end = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let number: f64 = text[..end].parse().unwrap_or_default();
    let factor = match &text[end..] {
        "m" => 0.001,
        "k" => 1e3,
        "M" => 1e6,
        "G" => 1e9,
        "T" => 1e12,
        "Ki" => 1024.0,
        "Mi" => 1024.0 * 1024.0,
        "Gi" => 1024.0 * 1024.0 * 1024.0,
        "Ti" => 1024.0 * 1024.0 * 1024.0 * 1024.0,
        _ => 1.0,
    };
    format!("{:.0}", (number * factor).ceil())
}

/// A text with `$(NAME)` replaced where there is such a variable; `$$` is `$`.
pub(crate) fn expanded(text: &str, variables: &[(String, String)]) -> String {
    if !text.contains('$') {
        return text.to_owned();
    }
    let known: BTreeMap<&str, &str> = variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let (mut whole, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, after)) = rest.split_once('$') {
        whole.push_str(before);
        if let Some(after) = after.strip_prefix('$') {
            whole.push('$');
            rest = after;
            continue;
        }
        let name = after.strip_prefix('(').and_then(|inner| inner.split_once(')'));
        match name.and_then(|(name, rest)| Some((known.get(name)?, rest))) {
            Some((value, after)) => {
                whole.push_str(value);
                rest = after;
            }
            None => {
                whole.push('$');
                rest = after;
            }
        }
    }
    whole.push_str(rest);
    whole
}

#[cfg(test)]
mod tests {
    use super::expanded;

    #[test]
    fn variables_in_texts() {
        let known = [("A".to_owned(), "1".to_owned())];
        for (text, wanted) in
            [("$(A)-$(B)", "1-$(B)"), ("$$(A)", "$(A)"), ("$A $", "$A $"), ("$(A", "$(A"), ("$$$(A)", "$1")]
        {
            assert_eq!(expanded(text, &known), wanted);
        }
    }
}
