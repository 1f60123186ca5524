//! What stands beside a pipeline in its file. A macro sees the tokens of one item; that a function called in it is a plain
//! one, or a struct given by a component has no names for pipelines, is found in the source, to say it in our words.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;
use syn::{Attribute, Fields, FnArg, Ident, Item, ItemFn, ReturnType, Type};

/// What is known of them; nothing, where the source cannot be had.
#[derive(Clone, Default)]
pub(crate) struct Neighbours {
    /// Functions that are nothing else.
    plain: Vec<String>,
    /// Components, each with what its outputs are one value of: a struct that does not derive `Outputs`, and its fields.
    given: HashMap<String, (String, Vec<String>)>,
}

impl Neighbours {
    /// Whether it is a function, and no component.
    pub(crate) fn is_plain(&self, name: &str) -> bool {
        self.plain.iter().any(|known| known == name)
    }

    /// The struct without `Outputs` that a component gives, if it has this field.
    pub(crate) fn without_outputs(&self, component: &str, field: &str) -> Option<&str> {
        let (name, fields) = self.given.get(component)?;
        fields.iter().any(|known| known == field).then_some(name)
    }
}

/// What is beside each pipeline, by its name; nothing is known where several of a file have one name.
type Beside = HashMap<String, Neighbours>;

thread_local! {
    /// Files as they were at a time.
    static READ: RefCell<HashMap<(PathBuf, SystemTime), Beside>> = RefCell::default();
}

thread_local! {
    /// Where the functions that macros have seen stand, by file and name.
    static SEEN: RefCell<HashMap<(PathBuf, String), usize>> = RefCell::default();
}

/// Whether another component or pipeline of this name stands above it in its module: rustc says that of the one, and of
/// what the macro makes of the other nothing else.
pub(crate) fn is_repeated(name: &Ident) -> bool {
    let Some(file) = name.span().local_file() else { return false };
    let (line, key) = (name.span().start().line, (file.clone(), name.to_string()));
    let first = SEEN.with_borrow_mut(|seen| *seen.entry(key).or_insert(line));
    let text = if first == line { None } else { fs::read_to_string(&file).ok() };
    let parsed = text.and_then(|text| syn::parse_file(&text).ok());
    parsed.is_some_and(|parsed| is_twice(&parsed.items, name))
}

fn is_twice(items: &[Item], name: &Ident) -> bool {
    let named = functions(items).filter(|function| function.sig.ident == *name && !has(&function.attrs, "cfg"));
    let inside = items.iter().filter_map(|item| match item {
        Item::Mod(module) => module.content.as_ref(),
        _ => None,
    });
    named.count() > 1 || inside.into_iter().any(|(_, items)| is_twice(items, name))
}

/// What stands beside this pipeline.
pub(crate) fn of(pipeline: &ItemFn) -> Neighbours {
    beside(&pipeline.sig.ident).unwrap_or_default()
}

fn beside(name: &Ident) -> Option<Neighbours> {
    let file = name.span().local_file()?;
    let time = fs::metadata(&file).and_then(|about| about.modified()).ok()?;
    READ.with_borrow_mut(|read| {
        let found = read.entry((file.clone(), time)).or_insert_with(|| {
            let mut found = Beside::new();
            if let Some(parsed) = fs::read_to_string(&file).ok().and_then(|text| syn::parse_file(&text).ok()) {
                collect(&parsed.items, &mut found);
            }
            found
        });
        found.get(&name.to_string()).cloned()
    })
}

/// What is beside each pipeline among these items, and in the modules among them.
fn collect(items: &[Item], found: &mut Beside) {
    let mut pipelines = Vec::new();
    for item in items {
        match item {
            Item::Mod(module) => {
                if let Some((_, items)) = &module.content {
                    collect(items, found);
                }
            }
            Item::Fn(function) if has(&function.attrs, "pipeline") => pipelines.push(function.sig.ident.to_string()),
            _ => {}
        }
    }
    if pipelines.is_empty() {
        return;
    }
    let here = Neighbours {
        plain: functions(items).filter(|it| it.attrs.iter().all(is_rusts)).map(|it| it.sig.ident.to_string()).collect(),
        given: functions(items).filter_map(|component| given(component, items)).collect(),
    };
    for pipeline in pipelines {
        found.entry(pipeline).and_modify(|other| *other = Neighbours::default()).or_insert_with(|| here.clone());
    }
}

fn functions(items: &[Item]) -> impl Iterator<Item = &ItemFn> {
    items.iter().filter_map(|item| if let Item::Fn(function) = item { Some(function) } else { None })
}

/// Whether an attribute makes nothing else of a function. What is there under a condition may be a component otherwise.
pub(crate) fn is_rusts(attribute: &Attribute) -> bool {
    const KNOWN: [&str; 8] = ["doc", "allow", "expect", "warn", "inline", "must_use", "cold", "track_caller"];
    KNOWN.iter().any(|known| attribute.path().is_ident(known)) || has(std::slice::from_ref(attribute), "runtime")
}

fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.path().segments.last().is_some_and(|last| last.ident == name))
}

/// The name of a component, and the struct without `Outputs` that it gives.
fn given(component: &ItemFn, items: &[Item]) -> Option<(String, (String, Vec<String>))> {
    let ReturnType::Type(_, ty) = &component.sig.output else { return None };
    let has_files = component.sig.inputs.iter().any(|input| match input {
        FnArg::Typed(typed) => last(&typed.ty).is_some_and(|name| name == "Output"),
        FnArg::Receiver(_) => false,
    });
    let wanted = last(ty).filter(|_| has(&component.attrs, "component") && !has_files)?;
    let of_that_name = items.iter().find_map(|item| match item {
        Item::Struct(item) if item.ident == wanted => Some(item),
        _ => None,
    });
    let item = of_that_name?;
    let derives = |what: &str| {
        item.attrs.iter().any(|attribute| match &attribute.meta {
            syn::Meta::List(list) => list.tokens.to_string().contains(what),
            _ => false,
        })
    };
    let Fields::Named(fields) = &item.fields else { return None };
    // That it does not travel at all is said where it is returned.
    if derives("Outputs") || !derives("Serialize") {
        return None;
    }
    let fields = fields.named.iter().filter_map(|field| field.ident.as_ref().map(ToString::to_string)).collect();
    Some((component.sig.ident.to_string(), (wanted, fields)))
}

/// The last word of a type's path; of a `Result`, that of what it holds.
fn last(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    match &last.arguments {
        syn::PathArguments::AngleBracketed(inside) if last.ident == "Result" => match inside.args.first()? {
            syn::GenericArgument::Type(inner) => self::last(inner),
            _ => None,
        },
        _ => Some(last.ident.to_string()),
    }
}
