//! The table of flowers, and how it is split.

use std::error::Error;
use std::fmt::Write;

/// One row: four lengths in centimetres, and the species.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Flower {
    /// Length and width of the sepal, length and width of the petal.
    pub(crate) lengths: [f64; 4],
    /// `setosa`, `versicolor` or `virginica`.
    pub(crate) species: String,
}

const HEADER: &str = "sepal_length,sepal_width,petal_length,petal_width,species";

/// Reads a table with its header.
pub(crate) fn read(text: &str) -> Result<Vec<Flower>, Box<dyn Error>> {
    let mut lines = text.lines();
    if lines.next() != Some(HEADER) {
        return Err(format!("the first line is not `{HEADER}`").into());
    }
    let rows: Vec<Flower> = lines
        .zip(2..)
        .map(|(line, number)| row(line).ok_or_else(|| format!("line {number} is not a flower: `{line}`")))
        .collect::<Result<_, _>>()?;
    if rows.is_empty() {
        return Err("the table has no rows".into());
    }
    Ok(rows)
}

fn row(line: &str) -> Option<Flower> {
    let (lengths, species) = line.rsplit_once(',')?;
    let lengths: Vec<f64> = lengths.split(',').map(|length| length.parse().ok()).collect::<Option<_>>()?;
    let known = lengths.iter().all(|length| length.is_finite()) && !species.is_empty();
    Some(Flower { lengths: lengths.try_into().ok()?, species: species.to_owned() }).filter(|_| known)
}

/// A table as text, with its header.
pub(crate) fn write(rows: &[Flower]) -> String {
    let mut text = format!("{HEADER}\n");
    for Flower { lengths: [a, b, c, d], species } in rows {
        // `3.0`, not `3`, as in the table. Writing to a String cannot fail.
        let _ = writeln!(text, "{a:?},{b:?},{c:?},{d:?},{species}");
    }
    text
}

/// Splits a table into parts of these shares, at random but with every species in every part as often as in the whole.
/// The last part also gets what the others leave. The same seed gives the same parts.
pub(crate) fn split<const PARTS: usize>(rows: Vec<Flower>, shares: [f64; PARTS], seed: u64) -> [Vec<Flower>; PARTS] {
    let mut by_species: Vec<Vec<Flower>> = Vec::new();
    for row in rows {
        match by_species.iter_mut().find(|group| group[0].species == row.species) {
            Some(group) => group.push(row),
            None => by_species.push(vec![row]),
        }
    }
    let mut random = Random(seed);
    let mut parts = [const { Vec::new() }; PARTS];
    for mut group in by_species {
        random.shuffle(&mut group);
        let size = group.len();
        let mut rows = group.into_iter();
        for (part, share) in parts.iter_mut().zip(shares) {
            part.extend(rows.by_ref().take(count(size, share)));
        }
        parts[PARTS - 1].extend(rows);
    }
    parts
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
fn count(size: usize, share: f64) -> usize {
    (size as f64 * share).round() as usize
}

/// SplitMix64: a few lines that give the same numbers for ever, which a library does not promise.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            // The remainder favours no row by more than one in 2^57.
            let other = usize::try_from(self.next() % (last as u64 + 1)).unwrap_or(last);
            items.swap(last, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = include_str!("../data/iris.csv");

    fn each_species(rows: &[Flower]) -> [usize; 3] {
        ["setosa", "versicolor", "virginica"].map(|name| rows.iter().filter(|row| row.species == name).count())
    }

    #[test]
    fn the_table_has_fifty_flowers_of_each_species() {
        let rows = read(TABLE).unwrap();
        assert_eq!((rows.len(), each_species(&rows)), (150, [50, 50, 50]));
        assert_eq!(rows[0], Flower { lengths: [5.1, 3.5, 1.4, 0.2], species: "setosa".into() });
    }

    #[test]
    fn what_is_written_is_read() {
        let rows = read(TABLE).unwrap();
        assert_eq!(write(&rows), TABLE);
    }

    #[test]
    fn a_bad_line_is_named() {
        let said = |text: &str| read(text).unwrap_err().to_string();
        assert!(said("a,b\n").starts_with("the first line is not"));
        assert_eq!(said(&format!("{HEADER}\n")), "the table has no rows");
        assert_eq!(
            said(&format!("{HEADER}\n1,2,3,4,setosa\n1,2,x,4,setosa")),
            "line 3 is not a flower: `1,2,x,4,setosa`"
        );
        assert!(said(&format!("{HEADER}\n1,2,3,setosa")).starts_with("line 2"));
        assert!(said(&format!("{HEADER}\n1,2,3,inf,setosa")).starts_with("line 2"));
    }

    #[test]
    fn parts_have_every_row_once_and_every_species_alike() {
        let rows = read(TABLE).unwrap();
        let [train, validation, test] = split(rows.clone(), [0.6, 0.2, 0.2], 7);
        assert_eq!([&train, &validation, &test].map(|part| each_species(part)), [[30; 3], [10; 3], [10; 3]]);
        let mut all = [train, validation, test].concat();
        let mut expected = rows;
        let by_text = |row: &Flower| format!("{row:?}");
        all.sort_by_key(by_text);
        expected.sort_by_key(by_text);
        assert_eq!(all, expected);
    }

    #[test]
    fn the_seed_decides() {
        let first = |seed| split(read(TABLE).unwrap(), [0.5, 0.5], seed)[0].clone();
        assert_eq!(first(1), first(1));
        assert_ne!(first(1), first(2));
    }
}
