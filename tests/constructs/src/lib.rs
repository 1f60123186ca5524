//! Every construct of the language with the manifest that it becomes: see `tests/`.
