//! What a covering array is, in a slow implementation that shares no code with the crate.

/// Gates by their numbers: the value to which each is fixed, and which gate requires which.
pub(crate) struct Gates {
    pub(crate) fixed: Vec<Option<bool>>,
    pub(crate) requires: Vec<(usize, usize)>,
}

impl Gates {
    /// Whether a row has all fixed values, and everything is on that an enabled gate requires.
    pub(crate) fn allow(&self, row: &[bool]) -> bool {
        let kept =
            |(fixed, value): (&Option<bool>, &bool)| fixed.is_none_or(|fixed| fixed == *value);
        row.len() == self.fixed.len()
            && self.fixed.iter().zip(row).all(kept)
            && self.requires.iter().all(|&(gate, needed)| !row[gate] || row[needed])
    }

    /// Whether an allowed row can have these values: what follows from them, and from the fixed values, does not
    /// contradict itself. All other gates can be off then.
    pub(crate) fn can_have(&self, tuple: &[(usize, bool)]) -> bool {
        let fixed = self.fixed.iter().enumerate();
        let fixed = fixed.filter_map(|(gate, value)| Some((gate, (*value)?)));
        // A fixed value counts where it is reached. The empty tuple checks that fixed values agree.
        let mut known: Vec<(usize, bool)> = tuple.to_vec();
        if tuple.is_empty() {
            known.extend(fixed);
        }
        let mut next = 0;
        while next < known.len() {
            let (gate, value) = known[next];
            next += 1;
            if self.fixed[gate] == Some(!value) || known.contains(&(gate, !value)) {
                return false;
            }
            for &(dependent, needed) in &self.requires {
                let follows = if value { dependent == gate } else { needed == gate };
                let implied = if value { (needed, true) } else { (dependent, false) };
                if follows && !known.contains(&implied) {
                    known.push(implied);
                }
            }
        }
        true
    }

    /// What is wrong with rows: the first row that is not allowed, or the first values that gates can have together
    /// but have in no row.
    pub(crate) fn fault(&self, rows: &[Vec<bool>], strength: usize) -> Option<String> {
        if !self.can_have(&[]) {
            return (!rows.is_empty()).then(|| "no row is allowed at all".to_owned());
        }
        if let Some(row) = rows.iter().position(|row| !self.allow(row)) {
            return Some(format!("row {row} is not allowed"));
        }
        let mut tuple = Vec::new();
        self.missing(rows, strength, 0, &mut tuple)
            .then(|| format!("no row has {tuple:?} (gate, value)"))
    }

    /// Whether some tuple that begins with this one is missing. `tuple` is that tuple then.
    fn missing(
        &self,
        rows: &[Vec<bool>],
        strength: usize,
        from: usize,
        tuple: &mut Vec<(usize, bool)>,
    ) -> bool {
        let has = |row: &&Vec<bool>| tuple.iter().all(|&(gate, value)| row[gate] == value);
        if rows.iter().find(has).is_none() && self.can_have(tuple) {
            return true;
        }
        if strength == 0 {
            return false;
        }
        for gate in from..self.fixed.len() {
            for value in [false, true] {
                tuple.push((gate, value));
                if self.missing(rows, strength - 1, gate + 1, tuple) {
                    return true;
                }
                tuple.pop();
            }
        }
        false
    }
}

#[test]
fn what_gates_can_have_is_what_some_allowed_row_has() {
    let gates = Gates {
        fixed: vec![None, None, None, Some(false), Some(true), None, None],
        requires: vec![(1, 0), (2, 1), (2, 4), (5, 3), (6, 2), (6, 0)],
    };
    let all = (0..1_u32 << 7).map(|code| (0..7).map(|gate| code >> gate & 1 == 1).collect());
    let allowed: Vec<Vec<bool>> = all.filter(|row: &Vec<bool>| gates.allow(row)).collect();
    assert_eq!(allowed.len(), 5, "a chain of four, all else is fixed");
    for one in 0..7 {
        for other in 0..7 {
            for (of_one, of_other) in [(false, false), (false, true), (true, false), (true, true)] {
                let some = allowed.iter().any(|row| row[one] == of_one && row[other] == of_other);
                let tuple = [(one, of_one), (other, of_other)];
                assert_eq!(gates.can_have(&tuple), some, "{tuple:?}");
            }
        }
    }
    assert_eq!(gates.fault(&allowed, 7), None);
}

#[test]
fn the_checker_notices_each_row_that_is_missing_or_wrong() {
    let gates = Gates { fixed: vec![None, None, Some(true)], requires: vec![(1, 0)] };
    let rows = [[false, false, true], [true, false, true], [true, true, true]].map(Vec::from);
    assert_eq!(gates.fault(&rows, 2), None);
    for left_out in 0..rows.len() {
        let mut rows = rows.to_vec();
        rows.remove(left_out);
        assert!(gates.fault(&rows, 2).is_some_and(|fault| fault.starts_with("no row has")));
    }
    for wrong in [vec![false, true, true], vec![false, false, false], vec![false]] {
        let mut rows = rows.to_vec();
        rows.push(wrong);
        assert_eq!(gates.fault(&rows, 2).unwrap(), "row 3 is not allowed");
    }
    let contradiction = Gates { fixed: vec![Some(true), Some(false)], requires: vec![(0, 1)] };
    assert_eq!(contradiction.fault(&[], 2), None);
    assert!(contradiction.fault(&[vec![true, false]], 2).is_some());
}
