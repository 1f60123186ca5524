//! A manifest as a tree. Whatever writes manifests or compares them walks it, and is compiled once for all types of the model.

use super::{AnyString, IntOrString};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A value of a manifest.
#[derive(Clone, Copy)]
pub(in crate::argo) enum Node<'n> {
    Bool(bool),
    Integer(i64),
    Text(&'n str),
    /// What is not modelled.
    Value(&'n Value),
    Fields(&'n dyn Fields),
    List(&'n dyn List),
}

/// What has fields.
pub(in crate::argo) trait Fields {
    /// Gives each field that is written, in order.
    fn each<'n>(&'n self, field: &mut dyn FnMut(&'n str, Node<'n>));
}

/// What has items.
pub(in crate::argo) trait List {
    fn length(&self) -> usize;
    fn each<'n>(&'n self, item: &mut dyn FnMut(Node<'n>));
}

/// What a field holds.
pub(in crate::argo) trait Field {
    /// Whether it is the same as not being there, and therefore not written.
    fn is_absent(&self) -> bool;
    /// What it is, if it is there.
    fn node(&self) -> Node<'_>;
}

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Bool(it) => serializer.serialize_bool(it),
            Self::Integer(it) => serializer.serialize_i64(it),
            Self::Text(it) => serializer.serialize_str(it),
            Self::Value(it) => it.serialize(serializer),
            Self::Fields(fields) => {
                let mut map = serializer.serialize_map(None)?;
                let mut result = Ok(());
                fields.each(&mut |name, node| {
                    if result.is_ok() {
                        result = map.serialize_entry(name, &node);
                    }
                });
                result.and_then(|()| map.end())
            }
            Self::List(list) => {
                let mut items = serializer.serialize_seq(Some(list.length()))?;
                let mut result = Ok(());
                list.each(&mut |node| {
                    if result.is_ok() {
                        result = items.serialize_element(&node);
                    }
                });
                result.and_then(|()| items.end())
            }
        }
    }
}

impl<T: Field> Field for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn node(&self) -> Node<'_> {
        self.as_ref().map_or(Node::Value(&Value::Null), T::node)
    }
}

impl<T: Field> Field for Box<T> {
    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }

    fn node(&self) -> Node<'_> {
        (**self).node()
    }
}

impl<T: Field> Field for Vec<T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn node(&self) -> Node<'_> {
        Node::List(self)
    }
}

impl<T: Field> List for Vec<T> {
    fn length(&self) -> usize {
        self.len()
    }

    fn each<'n>(&'n self, item: &mut dyn FnMut(Node<'n>)) {
        for it in self {
            item(it.node());
        }
    }
}

impl<T: Field> Field for BTreeMap<String, T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn node(&self) -> Node<'_> {
        Node::Fields(self)
    }
}

impl<T: Field> Fields for BTreeMap<String, T> {
    fn each<'n>(&'n self, field: &mut dyn FnMut(&'n str, Node<'n>)) {
        for (name, it) in self {
            field(name, it.node());
        }
    }
}

impl Fields for Map<String, Value> {
    fn each<'n>(&'n self, field: &mut dyn FnMut(&'n str, Node<'n>)) {
        for (name, it) in self {
            field(name, Node::Value(it));
        }
    }
}

macro_rules! scalars {
    ($($type:ty: $is_absent:expr, $node:expr;)*) => { $(
        impl Field for $type {
            fn is_absent(&self) -> bool {
                let is_absent: fn(&Self) -> bool = $is_absent;
                is_absent(self)
            }

            fn node(&self) -> Node<'_> {
                let node: fn(&Self) -> Node<'_> = $node;
                node(self)
            }
        }
    )* };
}

scalars! {
    bool: |it| !it, |it| Node::Bool(*it);
    i64: |_| false, |it| Node::Integer(*it);
    i32: |_| false, |it| Node::Integer((*it).into());
    String: Self::is_empty, |it| Node::Text(it);
    AnyString: |it| it.0.is_empty(), |it| Node::Text(&it.0);
    Value: |_| false, |it| Node::Value(it);
    IntOrString: |_| false, |it| match it {
        IntOrString::Int(number) => Node::Integer(*number),
        IntOrString::String(text) => Node::Text(text),
    };
}
