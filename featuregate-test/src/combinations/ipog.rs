//! Any strength, with dependencies: in-parameter order (Lei and Tai, 1998).
//!
//! The first rows have all valid values of the first classes, as many as the strength. Then each further class gets,
//! row by row, the value with which the row contains the most tuples that no other row contains. A tuple that is
//! still missing goes into a row that allows it, or into a new one. A value that is set in a row also sets what
//! follows from it, so each row can be completed at any time.

use featuregate_core::__private::IdVec;

use super::classes::{ClassId, ClassRow, Classes};

/// Classes with their values.
type Tuple = Vec<(ClassId, bool)>;

/// A row that is not complete yet.
#[derive(Clone)]
struct Row(IdVec<ClassId, Option<bool>>);

impl Row {
    fn new(classes: &Classes) -> Self {
        Self(classes.map(|_| None))
    }

    /// Sets a value, and what follows from it.
    fn set(&mut self, classes: &Classes, class: ClassId, value: bool) {
        let others = if value { classes.required(class) } else { classes.dependents(class) };
        for &class in others.iter().chain([&class]) {
            self.0[class] = Some(value);
        }
    }

    fn set_all(&mut self, classes: &Classes, tuple: &Tuple) {
        for &(class, value) in tuple {
            self.set(classes, class, value);
        }
    }

    fn allows(&self, tuple: &Tuple) -> bool {
        tuple.iter().all(|&(class, value)| self.0[class].is_none_or(|known| known == value))
    }

    fn contains(&self, tuple: &Tuple) -> bool {
        tuple.iter().all(|&(class, value)| self.0[class] == Some(value))
    }

    /// The values of some classes as the bits of a number, if the row has them all.
    fn code(&self, classes: &[ClassId]) -> Option<usize> {
        let bit =
            |(position, class): (usize, &ClassId)| Some(usize::from(self.0[*class]?) << position);
        classes.iter().enumerate().try_fold(0, |code, class| Some(code | bit(class)?))
    }
}

/// The rows of the classes, of which there are at least as many as the strength.
pub(super) fn rows(classes: &Classes, strength: usize) -> Vec<ClassRow> {
    let mut rows = vec![Row::new(classes)];
    let mut earlier: Vec<ClassId> = classes.ids().take(strength).collect();
    for &class in &earlier {
        rows = rows.into_iter().flat_map(|row| split(classes, &row, class)).collect();
    }
    for class in classes.ids().skip(strength) {
        extend(classes, &mut rows, &earlier, class, strength);
        earlier.push(class);
    }
    // What is not known is off in one row and on in the next one.
    let complete =
        |(number, row): (usize, Row)| row.0.map(|class| row.0[class].unwrap_or(number % 2 == 1));
    rows.into_iter().enumerate().map(complete).collect()
}

/// A row with each value that a class can have in it.
fn split(classes: &Classes, row: &Row, class: ClassId) -> Vec<Row> {
    let values = row.0[class].map_or(vec![false, true], |known| vec![known]);
    let with = |value| {
        let mut row = row.clone();
        row.set(classes, class, value);
        row
    };
    values.into_iter().map(with).collect()
}

/// Adds a class to rows that contain all tuples of earlier ones.
fn extend(
    classes: &Classes,
    rows: &mut Vec<Row>,
    earlier: &[ClassId],
    class: ClassId,
    strength: usize,
) {
    let mut missing = Missing::new(classes, earlier, class, strength);
    for row in &mut *rows {
        if row.0[class].is_none() {
            let [off, on] = missing.gains(row);
            if off.max(on) > 0 {
                row.set(classes, class, on > off);
            }
        }
        missing.strike(row);
    }
    for tuple in missing.tuples() {
        if rows.iter().any(|row| row.contains(&tuple)) {
            continue;
        }
        if let Some(row) = rows.iter_mut().find(|row| row.allows(&tuple)) {
            row.set_all(classes, &tuple);
        } else {
            let mut row = Row::new(classes);
            row.set_all(classes, &tuple);
            rows.push(row);
        }
    }
}

/// The tuples of a class with earlier ones that no row contains yet.
struct Missing {
    class: ClassId,
    choices: Vec<Choice>,
}

/// Some earlier classes, and which values of them with the class itself are missing: numbers whose bits are the
/// values, the class itself last.
struct Choice {
    earlier: Vec<ClassId>,
    codes: Vec<usize>,
}

impl Missing {
    fn new(classes: &Classes, earlier: &[ClassId], class: ClassId, strength: usize) -> Self {
        let choice = |earlier: Vec<ClassId>| {
            let is_valid = |code: &usize| is_valid(classes, &tuple(&earlier, class, *code));
            Choice { codes: (0..1 << strength).filter(is_valid).collect(), earlier }
        };
        let mut choices = Vec::new();
        choose(earlier, strength - 1, &mut Vec::new(), &mut choices);
        Self { class, choices: choices.into_iter().map(choice).collect() }
    }

    /// How many missing tuples a row would contain with the class off, and how many with it on.
    fn gains(&self, row: &Row) -> [usize; 2] {
        let of_choice = |choice: &Choice| {
            let code = row.code(&choice.earlier)?;
            let gain = |value: usize| {
                usize::from(choice.codes.contains(&(code | value << choice.earlier.len())))
            };
            Some([0, 1].map(gain))
        };
        let gains = self.choices.iter().filter_map(of_choice);
        gains.fold([0, 0], |[off, on], [more_off, more_on]| [off + more_off, on + more_on])
    }

    /// Removes the tuples that a row contains.
    fn strike(&mut self, row: &Row) {
        let Some(value) = row.0[self.class] else { return };
        self.choices.retain_mut(|choice| {
            if let Some(code) = row.code(&choice.earlier) {
                let code = code | usize::from(value) << choice.earlier.len();
                choice.codes.retain(|missing| *missing != code);
            }
            !choice.codes.is_empty()
        });
    }

    fn tuples(&self) -> impl Iterator<Item = Tuple> {
        self.choices.iter().flat_map(|choice| {
            choice.codes.iter().map(|code| tuple(&choice.earlier, self.class, *code))
        })
    }
}

fn tuple(earlier: &[ClassId], class: ClassId, code: usize) -> Tuple {
    let classes = earlier.iter().copied().chain([class]);
    classes.enumerate().map(|(position, class)| (class, code >> position & 1 == 1)).collect()
}

/// Whether a row can contain a tuple: no class that is on requires one that is off.
fn is_valid(classes: &Classes, tuple: &Tuple) -> bool {
    let with = |wanted: bool| tuple.iter().filter(move |(_, value)| *value == wanted);
    with(true).all(|&(on, _)| with(false).all(|&(off, _)| !classes.requires(on, off)))
}

/// Adds each choice of `size` classes, in lexicographic order.
fn choose(
    classes: &[ClassId],
    size: usize,
    chosen: &mut Vec<ClassId>,
    choices: &mut Vec<Vec<ClassId>>,
) {
    if size == 0 {
        choices.push(chosen.clone());
        return;
    }
    let mut rest = classes;
    while let Some((&class, after)) = rest.split_first() {
        chosen.push(class);
        choose(after, size - 1, chosen, choices);
        chosen.pop();
        rest = after;
    }
}
