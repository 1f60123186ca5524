"""Which public items of `kfp` no example shows: `examples.py FOLDER` reads what rustdoc writes of its crates as JSON.

An item is shown by an example (a block of Rust that is compiled) in its own documentation. Besides:
- a method by a call in an example of its type, of another of its methods, or of its module; of a `Task` or a
  `Value`, which the operations give, in any example;
- a variant, a field and a constant of a type as the type is;
- a type that only holds data (no methods but getters) by its name in any example of its module or of the crate;
- what nobody names, a trait of `kfp::traits` or a type of `kfp::unnamed`, by the page of the module;
- an option of an attribute by its use in an example of the attribute, or of the method of the same name.
"""

import json
import pathlib
import re
import sys

UNNAMED = ("kfp::traits::", "kfp::unnamed::")
CRATES = ["kfp", "kfp_core", "kfp_macros"]
# So many there are at least: fewer say that something was not read.
FEWEST = 550
PLAIN = re.compile(r"^(rust|edition\d+|no_run|should_panic|compile_fail.*)?$")


def blocks(docs):
    """The examples in a text."""
    found, inside, fence = [], None, None
    for line in (docs or "").splitlines():
        mark = re.match(r"\s*(```+)(.*)", line)
        if mark and inside is None:
            fence, words = mark[1], [word.strip() for word in mark[2].split(",")]
            inside = [] if all(PLAIN.match(word) for word in words) else False
        elif mark and mark[1] == fence and not mark[2].strip():
            found += ["\n".join(inside)] if inside is not False else []
            inside = None
        elif inside is not None and inside is not False:
            inside.append(line)
    return found


class Crates:
    def __init__(self, folder):
        self.crates = {name: json.loads((folder / f"{name}.json").read_text()) for name in CRATES}
        self.by_path = {}
        for name, crate in self.crates.items():
            for id, summary in crate["paths"].items():
                if summary["crate_id"] == 0 and id in crate["index"]:
                    self.by_path[tuple(summary["path"])] = (name, id)

    def item(self, crate, id):
        """The item, wherever it is defined: (crate, item)."""
        here = self.crates[crate]
        if str(id) in here["index"]:
            return crate, here["index"][str(id)]
        summary = here["paths"].get(str(id))
        found = summary and self.by_path.get(tuple(summary["path"]))
        return (found[0], self.crates[found[0]]["index"][found[1]]) if found else (None, None)

    def public(self, crate, item, path, found):
        """Puts every item that can be reached into `found`: its paths and the texts of all `use`s of it."""
        for id in item["inner"]["module"]["items"]:
            inner_crate, inner = self.item(crate, id)
            docs = ""
            if inner and "use" in inner["inner"]:
                docs, use = inner["docs"] or "", inner["inner"]["use"]
                inner_crate, inner = self.item(crate, use["id"])
                if inner and use["is_glob"] and "module" in inner["inner"]:
                    self.public(inner_crate, inner, path, found)
                    continue
            if not inner or (inner["visibility"] != "public" and "macro" not in inner["inner"]):
                continue
            key = (inner_crate, inner["id"])
            is_new = key not in found
            paths, uses, _ = found.setdefault(key, ([], [], inner))
            paths.append(f"{path}::{inner['name']}")
            uses.append(docs)
            if is_new and "module" in inner["inner"]:
                self.public(inner_crate, inner, paths[0], found)

    def reached(self):
        """Every public item: (path, crate, item, texts of the `use`s of it)."""
        kfp, found = self.crates["kfp"], {}
        self.public("kfp", kfp["index"][str(kfp["root"])], "kfp", found)
        for (crate, _), (paths, uses, item) in found.items():
            path = min(paths, key=lambda path: ("::prelude::" in path, path.count("::"), path))
            yield path, crate, item, "\n".join(uses)


def kind(item):
    return next(iter(item["inner"]))


def methods(crates, crate, item):
    """The methods that a page shows: inherent ones, or those of a trait."""
    inner = item["inner"][kind(item)]
    if kind(item) == "trait":
        for id in inner["items"]:
            found = crates.crates[crate]["index"].get(str(id))
            if found and "function" in found["inner"]:
                yield found
    for id in inner.get("impls", []) if kind(item) != "trait" else []:
        impl = crates.crates[crate]["index"].get(str(id))
        if not impl or impl["inner"]["impl"]["trait"] is not None:
            continue
        for id in impl["inner"]["impl"]["items"]:
            found = crates.crates[crate]["index"].get(str(id))
            if found and found["visibility"] == "public" and "function" in found["inner"]:
                yield found


def calls(name, text):
    return re.search(rf"(\.|::){re.escape(name)}\b", text) is not None


def names(name, text):
    return re.search(rf"\b{re.escape(name)}\b", text) is not None


def options(docs):
    """The options in the tables of an attribute, from the first column of tables that are headed `option`."""
    inside = False
    for line in docs.splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if not cells:
            inside = False
        elif cells[0].startswith("option"):
            inside = True
        elif inside and not cells[0].startswith("---"):
            for code in re.findall(r"`([^`]+)`", cells[0]):
                words = re.match(r"(?:#\[\w+\()?(\w+)", code)
                yield words[1]


def unshown(crates):
    kfp = crates.crates["kfp"]
    root = kfp["index"][str(kfp["root"])]
    reached = sorted(crates.reached(), key=lambda found: found[0])
    all_examples = "\n".join(blocks(root["docs"]))
    pages = {}
    for path, crate, item, docs in reached:
        text = "\n".join(blocks((item["docs"] or "") + "\n" + docs))
        if kind(item) in ("struct", "enum", "trait"):
            text += "\n" + "\n".join("\n".join(blocks(method["docs"])) for method in methods(crates, crate, item))
        pages[path] = text
        all_examples += "\n" + text
    total, missing = 0, []
    for path, crate, item, docs in reached:
        what, own = kind(item), pages[path]
        module = pages.get(path.rsplit("::", 1)[0], "")
        if what in ("struct", "enum", "trait"):
            its = list(methods(crates, crate, item))
            getters = [method for method in its if is_getter(method)]
            total += 1
            shown = bool(own.strip()) or names(item["name"], module)
            if not shown and len(getters) == len(its):
                shown = names(item["name"], all_examples)
            if path.startswith(UNNAMED):
                shown = True
            if not shown:
                missing.append(path)
            for method in its:
                total += 1
                name = method["name"]
                elsewhere = all_examples if path in ("kfp::Task", "kfp::Value") else own + module
                if not (blocks(method["docs"]) or calls(name, elsewhere) or method in getters and shown
                        or path.startswith(UNNAMED)):
                    missing.append(f"{path}::{name}")
        elif what == "proc_macro" or what == "macro" or what == "function":
            total += 1
            if not own.strip() and not names(item["name"], module) and not path.startswith(UNNAMED):
                missing.append(path)
            if what == "proc_macro":
                for option in options((item["docs"] or "") + "\n" + docs):
                    total += 1
                    if not re.search(rf"\b{option}\b", own):
                        missing.append(f"{path}: option {option}")
        elif what in ("constant", "static", "type_alias"):
            total += 1
            if not own.strip() and not names(item["name"], module) and not names(item["name"], all_examples):
                missing.append(path)
        elif what == "module":
            pass
        else:
            missing.append(f"{path}: what is a {what}?")
    return total, missing


def is_getter(method):
    """`fn name(&self) -> T`: takes nothing else, and gives another type."""
    signature = method["inner"]["function"]["sig"]
    inputs = signature["inputs"]
    return len(inputs) == 1 and inputs[0][0] == "self" and signature["output"] != {"generic": "Self"}


def main(folder):
    total, missing = unshown(Crates(pathlib.Path(folder)))
    for path in missing:
        print(path)
    print(f"{total} public items, {len(missing)} without an example")
    sys.exit(1 if missing or total < FEWEST else 0)


if __name__ == "__main__":
    main(sys.argv[1])
