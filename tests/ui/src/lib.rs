//! Pipelines with a mistake in them, each with the exact text of its error: see `cases/`.
