//! JSON with values of the pipeline in it, while it is put together.

use crate::dsl::{IntoCount, IntoFlag, IntoJson, IntoText};
use crate::graph::kubernetes::{hole, rename};
use crate::graph::{OpText, Operand, Shape};
use serde_json::{Map, Value};
use std::marker::PhantomData;

/// A value of Kubernetes' API: JSON with values of the pipeline in it.
///
/// A value of the pipeline is an input named `#0`, `#1`, .. until it is bound to those of a task.
#[derive(Clone, Debug)]
pub struct Kube<'s> {
    pub(in crate::dsl) json: Value,
    values: Vec<(Operand, Shape)>,
    scope: PhantomData<&'s ()>,
}

impl Default for Kube<'_> {
    fn default() -> Self {
        Self::new(Value::Object(Map::new()))
    }
}

impl<'s> Kube<'s> {
    /// JSON without values in it.
    pub fn new(json: impl Into<Value>) -> Self {
        Self { json: json.into(), values: Vec::new(), scope: PhantomData }
    }

    /// Sets a text.
    pub(in crate::dsl) fn text(mut self, path: &[&str], text: impl IntoText<'s>) -> Self {
        let text = self.marked(text);
        put(&mut self.json, path, text.into());
        self
    }

    /// Sets a text under a key that may be a value itself.
    pub(in crate::dsl) fn entry(mut self, path: &[&str], key: impl IntoText<'s>, text: impl IntoText<'s>) -> Self {
        let key = self.marked(key);
        self.text(&[path, &[&key]].concat(), text)
    }

    fn marked(&mut self, text: impl IntoText<'s>) -> String {
        match text.into_text() {
            Ok(text) => text.marked(),
            Err(value) => OpText::marker(&self.input(value)),
        }
    }

    /// Puts text around the text of a field.
    pub(in crate::dsl) fn prefixed(mut self, field: &str, before: &str, after: &str) -> Self {
        let text = format!("{before}{}{after}", self.json[field].as_str().unwrap_or_default());
        self.json[field] = text.into();
        self
    }

    /// Sets a list of texts.
    pub(in crate::dsl) fn texts<T: IntoText<'s>>(self, path: &[&str], texts: impl IntoIterator<Item = T>) -> Self {
        let texts = texts.into_iter().map(|text| Kube::default().text(&[], text));
        texts.fold(self, |kube, text| kube.push(path, text))
    }

    /// Sets a field that keeps its type.
    pub(in crate::dsl) fn field(mut self, path: &[&str], value: impl IntoJson<'s>) -> Self {
        let json = value.into_json().unwrap_or_else(|value| hole(&self.input(value)).into());
        put(&mut self.json, path, json);
        self
    }

    /// Sets a whole number.
    pub(in crate::dsl) fn count(mut self, path: &[&str], count: impl IntoCount<'s>) -> Self {
        let json = count.into_count().unwrap_or_else(|value| hole(&self.input(value)).into());
        put(&mut self.json, path, json);
        self
    }

    /// Sets what is on or off.
    pub(in crate::dsl) fn flag(mut self, path: &[&str], flag: impl IntoFlag<'s>) -> Self {
        let json = flag.into_flag().unwrap_or_else(|value| hole(&self.input(value)).into());
        put(&mut self.json, path, json);
        self
    }

    /// The same in whichever of these objects is there.
    pub(in crate::dsl) fn flag_in(self, objects: &[&[&str]], name: &str, flag: impl IntoFlag<'s>) -> Self {
        let is_there = |path: &&&[&str]| path.iter().try_fold(&self.json, |at, part| at.get(part)).is_some();
        match objects.iter().find(is_there) {
            Some(object) => self.flag(&[*object, &[name]].concat(), flag),
            None => self,
        }
    }

    /// Sets a field by its JSON pointer.
    pub(in crate::dsl) fn pointer(self, pointer: &str, value: impl IntoJson<'s>) -> Self {
        self.field(&pointer_path(pointer).iter().map(String::as_str).collect::<Vec<_>>(), value)
    }

    /// Sets a field to a value of its own.
    pub(in crate::dsl) fn nest(mut self, path: &[&str], inner: Kube<'s>) -> Self {
        let json = self.take(inner);
        put(&mut self.json, path, json);
        self
    }

    /// Adds to a list.
    pub(in crate::dsl) fn push(mut self, path: &[&str], inner: Kube<'s>) -> Self {
        let json = self.take(inner);
        let mut list = path.iter().try_fold(&self.json, |at, part| at.get(part)).cloned().unwrap_or_default();
        match list.as_array_mut() {
            Some(items) => items.push(json),
            None => list = vec![json].into(),
        }
        put(&mut self.json, path, list);
        self
    }

    /// The JSON of another, whose values are those of this one now.
    pub(in crate::dsl) fn take(&mut self, inner: Kube<'s>) -> Value {
        inner.bind(|value| self.input(value))
    }

    pub(in crate::dsl) fn input(&mut self, value: (Operand, Shape)) -> String {
        self.values.push(value);
        format!("#{}", self.values.len() - 1)
    }

    /// The JSON, with the names that its values are given, in the order in which they were put in.
    pub(in crate::dsl) fn bind(mut self, mut name: impl FnMut((Operand, Shape)) -> String) -> Value {
        let mut used = vec![false; self.values.len()];
        rename(&mut self.json, &mut |input| {
            number(input).inspect(|n| used[*n] = true);
            input.to_owned()
        });
        let values = self.values.into_iter().zip(used);
        let names: Vec<String> =
            values.map(|(value, is_used)| if is_used { name(value) } else { String::new() }).collect();
        rename(&mut self.json, &mut |input| number(input).map_or_else(|| input.to_owned(), |n| names[n].clone()));
        self.json
    }
}

/// The number of a value that is not bound yet; an argument of a component has a name.
fn number(name: &str) -> Option<usize> {
    name.strip_prefix('#')?.parse().ok()
}

/// The names on the way that a JSON pointer is.
pub(in crate::dsl) fn pointer_path(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(|part| part.replace("~1", "/").replace("~0", "~")).collect()
}

/// Puts a field in, making objects on the way; an index of a list has to be there.
pub(in crate::dsl) fn put(json: &mut Value, path: &[impl AsRef<str>], field: Value) {
    let mut at = json;
    for key in path.iter().map(AsRef::as_ref) {
        at = match at {
            Value::Array(list) => match key.parse::<usize>().ok().filter(|index| *index < list.len()) {
                Some(index) => &mut list[index],
                None => return,
            },
            other => {
                if !other.is_object() {
                    *other = Value::Object(Map::new());
                }
                match other {
                    Value::Object(map) => map.entry(key).or_insert(Value::Null),
                    _ => return,
                }
            }
        };
    }
    *at = field;
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_keep_apart_when_one_goes_into_another() {
        let value = |text: &str| (Operand::Literal(text.to_owned()), Shape::Integer);
        let inner = |text: &str| {
            let mut kube = Kube::default();
            let name = kube.input(value(text));
            put(&mut kube.json, &["at"], hole(&name).into());
            kube
        };
        let both = Kube::default().push(&["list"], inner("a")).push(&["list"], inner("b")).nest(&["one"], inner("c"));
        let json = both.bind(|(operand, _)| match operand {
            Operand::Literal(text) => text,
            other => format!("{other:?}"),
        });
        assert_eq!(json, json!({"list": [{"at": hole("a")}, {"at": hole("b")}], "one": {"at": hole("c")}}));
    }
}
