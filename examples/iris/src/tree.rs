//! The classifier: a decision tree, with the names of the species it tells apart.

use crate::table::Flower;
use serde::{Deserialize, Serialize};
use smartcore::linalg::basic::matrix::DenseMatrix;
use smartcore::tree::decision_tree_classifier::{DecisionTreeClassifier, DecisionTreeClassifierParameters};
use std::error::Error;

type Tree = DecisionTreeClassifier<f64, u32, DenseMatrix<f64>, Vec<u32>>;

/// A trained classifier.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Classifier {
    /// The species; the tree knows them by their index.
    species: Vec<String>,
    tree: Tree,
}

impl Classifier {
    /// Learns from flowers, with a tree that asks at most so many questions about one.
    pub(crate) fn fit(rows: &[Flower], depth: u16) -> Result<Self, Box<dyn Error>> {
        let mut species: Vec<String> = rows.iter().map(|row| row.species.clone()).collect();
        species.sort();
        species.dedup();
        let labels = rows
            .iter()
            .map(|row| species.binary_search(&row.species).unwrap_or_default().try_into())
            .collect::<Result<Vec<u32>, _>>()?;
        // The library counts the levels of nodes, the leaves among them. With a seed, so that the same rows give the
        // same tree.
        let parameters = DecisionTreeClassifierParameters {
            max_depth: Some(depth.saturating_add(1)),
            seed: Some(0),
            ..Default::default()
        };
        let tree = Tree::fit(&matrix(rows)?, &labels, parameters)?;
        Ok(Self { species, tree })
    }

    /// The species of each flower.
    pub(crate) fn predict(&self, rows: &[Flower]) -> Result<Vec<&str>, Box<dyn Error>> {
        let labels = self.tree.predict(&matrix(rows)?)?;
        let name = |label: u32| self.species.get(usize::try_from(label).ok()?).map(String::as_str);
        labels.into_iter().map(|label| name(label).ok_or_else(|| "the model names no such species".into())).collect()
    }

    /// The share of flowers whose species it tells, 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "nobody has 2^52 flowers")]
    pub(crate) fn accuracy(&self, rows: &[Flower]) -> Result<f64, Box<dyn Error>> {
        let right = self.predict(rows)?.iter().zip(rows).filter(|(species, row)| **species == row.species).count();
        Ok(right as f64 / rows.len() as f64)
    }
}

fn matrix(rows: &[Flower]) -> Result<DenseMatrix<f64>, Box<dyn Error>> {
    let rows: Vec<Vec<f64>> = rows.iter().map(|row| row.lengths.to_vec()).collect();
    Ok(DenseMatrix::from_2d_vec(&rows)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table;

    fn parts() -> [Vec<Flower>; 2] {
        table::split(table::read(include_str!("../data/iris.csv")).unwrap(), [0.7, 0.3], 1)
    }

    #[test]
    fn deeper_trees_know_more_of_what_they_have_seen() {
        let [train, test] = parts();
        let of_depth = |depth| Classifier::fit(&train, depth).unwrap();
        // One question tells two species apart: it is wrong about the third.
        let stump = of_depth(1).accuracy(&train).unwrap();
        assert!((stump - 2.0 / 3.0).abs() < 0.01, "{stump}");
        assert!(of_depth(8).accuracy(&train).unwrap() > 0.98);
        assert!(of_depth(3).accuracy(&test).unwrap() >= 0.9);
    }

    #[test]
    fn the_same_rows_give_the_same_model_and_json_keeps_it() {
        let [train, test] = parts();
        let json = |model: &Classifier| serde_json::to_string(model).unwrap();
        let model = Classifier::fit(&train, 3).unwrap();
        assert_eq!(json(&model), json(&Classifier::fit(&train, 3).unwrap()));
        let back: Classifier = serde_json::from_str(&json(&model)).unwrap();
        assert_eq!(back.predict(&test).unwrap(), model.predict(&test).unwrap());
    }

    #[test]
    fn no_rows_are_an_error() {
        assert!(Classifier::fit(&[], 3).is_err());
    }
}
