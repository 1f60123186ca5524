//! Trains one tree per depth on a part of the flowers, keeps the depth that does best on another part, trains with it on
//! both, and publishes the model if it does well on flowers that it has never seen.

use kfp::prelude::*;

#[kfp::runtime]
use crate::{table, tree::Classifier};
#[kfp::runtime]
use kfp::artifact::Metric;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Fetches the table of flowers: `embedded` is the one that the program carries, all else a file of the container.
#[component]
fn fetch(source: String, table: Output<Dataset>) -> Result<()> {
    let text = match source.as_str() {
        "embedded" => include_str!("../data/iris.csv").to_owned(),
        file => std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?,
    };
    let rows = table::read(&text)?;
    println!("{} flowers", rows.len());
    Ok(table.write(table::write(&rows))?)
}

/// Splits the flowers at random, each species alike: half to train with, a fifth to choose the depth with, the rest to
/// test with. `known` is all but the rest.
#[component]
fn split(
    table: Input<Dataset>,
    seed: u64,
    train: Output<Dataset>,
    validation: Output<Dataset>,
    known: Output<Dataset>,
    test: Output<Dataset>,
) -> Result<()> {
    let [trained, validated, tested] = table::split(table::read(&table.read_to_string()?)?, [0.5, 0.2, 0.3], seed);
    train.write(table::write(&trained))?;
    validation.write(table::write(&validated))?;
    test.write(table::write(&tested))?;
    Ok(known.write(table::write(&[trained, validated].concat()))?)
}

/// Trains a tree that asks at most `depth` questions about a flower.
#[component(memory = "256Mi")]
fn fit(flowers: Input<Dataset>, depth: u16, model: Output<Model>) -> Result<()> {
    let classifier = Classifier::fit(&table::read(&flowers.read_to_string()?)?, depth)?;
    Ok(model.write(serde_json::to_string(&classifier)?)?)
}

/// Gives the share of flowers that the model names rightly, also as a metric of the run.
#[component]
fn evaluate(model: Input<Model>, flowers: Input<Dataset>, mlpipeline_metrics: Output<Metrics>) -> Result<f64> {
    let classifier: Classifier = serde_json::from_str(&model.read_to_string()?)?;
    let accuracy = classifier.accuracy(&table::read(&flowers.read_to_string()?)?)?;
    mlpipeline_metrics.write_metrics([Metric::percentage("accuracy", accuracy)])?;
    Ok(accuracy)
}

/// A depth and how well it did.
#[derive(Debug, PartialEq, Outputs)]
struct Best {
    depth: u16,
    accuracy: f64,
}

/// Picks the depth that did best; of two that did alike, the one that comes first.
#[component]
fn pick(depths: Vec<u16>, scores: Vec<f64>) -> Result<Best> {
    if depths.len() != scores.len() {
        return Err(format!("{} depths have {} scores", depths.len(), scores.len()).into());
    }
    let all = depths.into_iter().zip(scores).map(|(depth, accuracy)| Best { depth, accuracy });
    all.reduce(|best, next| if next.accuracy > best.accuracy { next } else { best })
        .ok_or_else(|| "there are no depths to pick from".into())
}

/// Publishes a model: the model itself, and a card that says what it is.
#[component]
fn publish(
    model: Input<Model>,
    depth: u16,
    accuracy: f64,
    released: Output<Model>,
    card: Output<Markdown>,
) -> Result<()> {
    released.write(model.read()?)?;
    let percent = accuracy * 100.0;
    Ok(card
        .write(format!("# Iris\n\nA tree of {depth} questions, right on {percent:.1} % of the flowers held out.\n"))?)
}

/// Says something.
#[component]
fn announce(text: String) -> ContainerOp {
    ContainerOp::new("announce", "alpine:3.20").command(["echo"]).arg(text)
}

/// Trains one tree per depth and publishes the best, if it is good enough.
#[pipeline(name = "best-tree", parallelism = 4, on_exit = |run| announce(format!("best-tree: {}", run.status)))]
fn best_tree(
    #[default("embedded")] source: String,
    #[default(vec![1, 2, 3, 5])] depths: Vec<u16>,
    #[default(1)] seed: u64,
    #[default(0.9)] threshold: f64,
) {
    let table = fetch(source).set_retry(3);
    let parts = split(table.table, seed);
    let scores = for depth in depths {
        let tree = fit(parts.train, depth);
        evaluate(tree.model, parts.validation).output
    };
    let best = pick(depths, scores);
    let tree = fit(flowers = parts.known, depth = best.depth);
    let accuracy = evaluate(model = tree.model, flowers = parts.test).output;
    if accuracy >= threshold {
        publish(tree.model, best.depth, accuracy);
    } else {
        announce(format!("kept the old model: {accuracy} is below {threshold}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file<A>(write: impl FnOnce(Output<A>) -> Result<()>) -> Input<A> {
        let output = Output::temp().unwrap();
        write(output.clone()).unwrap();
        output.to_input()
    }

    fn flowers() -> Input<Dataset> {
        file(|table| fetch("embedded".to_owned(), table))
    }

    #[test]
    fn the_table_is_fetched_whole() {
        assert_eq!(table::read(&flowers().read_to_string().unwrap()).unwrap().len(), 150);
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = fetch("no/such.csv".to_owned(), Output::temp().unwrap()).unwrap_err();
        assert!(error.to_string().starts_with("no/such.csv: "), "{error}");
    }

    #[test]
    fn the_parts_are_half_a_fifth_and_the_rest() {
        let [train, validation, known, test] = [(); 4].map(|()| Output::temp().unwrap());
        split(flowers(), 1, train.clone(), validation.clone(), known.clone(), test.clone()).unwrap();
        let rows = |part: &Output<Dataset>| table::read(&part.read_to_string().unwrap()).unwrap().len();
        assert_eq!([&train, &validation, &known, &test].map(rows), [75, 30, 105, 45]);
    }

    #[test]
    fn a_model_is_written_read_and_measured() {
        let model = file(|model| fit(flowers(), 3, model));
        let metrics = Output::temp().unwrap();
        let accuracy = evaluate(model, flowers(), metrics.clone()).unwrap();
        assert!(accuracy > 0.95, "{accuracy}");
        let metrics: serde_json::Value = serde_json::from_str(&metrics.read_to_string().unwrap()).unwrap();
        assert_eq!(metrics["metrics"][0]["numberValue"], accuracy);
    }

    #[test]
    fn the_first_of_the_best_is_picked() {
        let best = pick(vec![1, 2, 3], vec![0.5, 0.75, 0.75]).unwrap();
        assert_eq!(best, Best { depth: 2, accuracy: 0.75 });
        assert!(pick(vec![], vec![]).is_err() && pick(vec![1], vec![]).is_err());
    }

    #[test]
    fn the_model_is_published_with_a_card() {
        let (released, card) = (Output::temp().unwrap(), Output::temp().unwrap());
        let model = file(|model| fit(flowers(), 2, model));
        publish(model.clone(), 2, 0.9554, released.clone(), card.clone()).unwrap();
        assert_eq!(released.read_to_string().unwrap(), model.read_to_string().unwrap());
        assert!(card.read_to_string().unwrap().contains("2 questions, right on 95.5 %"));
    }
}
