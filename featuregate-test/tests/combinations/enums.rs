//! The rows of enums.

use featuregate::{FeatureGate, Resolver, Version};
use featuregate_test::combinations::{self, Combinations, Row, RowNumber, resolved_by};

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36", emulation, env = "COMBINATIONS_FEATURE_GATES")]
#[tombstone(Gone, removed = "1.30", value = true)]
enum Feature {
    /// A cache in front of the disk.
    #[gate(alpha = "1.30", beta = "1.34")]
    Cache,
    /// Fills the cache in advance.
    #[gate(alpha = "1.35", requires(Cache))]
    Prefetch,
    /// Locked at 1.36.
    #[gate(beta = "1.30", ga = "1.36")]
    Proven,
    /// Not compiled in.
    #[gate(alpha = "1.30", available = cfg!(any()))]
    Elsewhere,
    /// Off with what it requires.
    #[gate(alpha = "1.31", requires(Elsewhere))]
    OnElsewhere,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(component = "store", version = "3.6")]
enum Store {
    /// Compacts in the background.
    #[gate(alpha = "3.5")]
    Compaction,
    /// Needs the cache of the program.
    #[gate(alpha = "3.6", requires(Feature::Cache))]
    Mirror,
}

fn texts<F: featuregate::Enums>(rows: &Combinations<F>) -> Vec<&str> {
    rows.iter().map(Row::text).collect()
}

#[test]
fn what_is_locked_removed_or_not_compiled_in_keeps_its_value() {
    let rows = featuregate_test::combinations::<Feature>().unwrap();
    assert_eq!(texts(&rows), ["Cache=false", "Prefetch=true", ""]);
    for row in &rows {
        assert!(row.enabled(Feature::Proven));
        assert!(!row.enabled(Feature::Elsewhere) && !row.enabled(Feature::OnElsewhere));
        let names: Vec<_> = row.assignments().map(|(name, _)| name).collect();
        assert_eq!(names, ["Cache", "Prefetch"]);
    }
}

#[test]
fn a_gate_that_is_not_introduced_yet_stays_off() {
    let earlier = || Feature::resolver().without_env().emulate(Version::new(1, 34));
    let rows = resolved_by(earlier, 2).unwrap();
    assert_eq!(texts(&rows), ["Cache=false,Proven=false", "", "Proven=false", "Cache=false"]);
    assert!(rows.iter().all(|row| !row.enabled(Feature::Prefetch)));
}

#[test]
fn a_row_has_a_number_a_name_and_what_repeats_it() {
    let rows = featuregate_test::combinations::<Feature>().unwrap();
    let shown: Vec<_> = rows.iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            "row 1 of 3 (--feature-gates=Cache=false)",
            "row 2 of 3 (--feature-gates=Prefetch=true)",
            "row 3 of 3 (the defaults)",
        ]
    );
    let number = |text: &str| text.parse::<RowNumber>().unwrap();
    let second = rows.get(number("2")).unwrap();
    assert_eq!((second.number(), second.name().as_str()), (number("2"), "row 2 of 3"));
    assert_eq!(
        (number("2").to_string(), format!("{:?}", second.number())),
        ("2".into(), "RowNumber(2)".into())
    );
    assert_eq!(
        format!("{rows:?} {second:?}"),
        "Combinations(3 rows) Row(row 2 of 3 (--feature-gates=Prefetch=true))"
    );
    assert_eq!(second.assignments().collect::<Vec<_>>(), [("Cache", true), ("Prefetch", true)]);
    assert!(second.gates().enabled(Feature::Prefetch));
    assert!("0".parse::<RowNumber>().is_err() && rows.get(number("4")).is_none());
    assert_eq!(rows.len(), rows.clone().into_iter().count());
}

#[test]
fn several_enums_have_rows_together() {
    let rows = featuregate_test::combinations::<(Feature, Store)>().unwrap();
    let values: Vec<(bool, bool, bool, bool)> = rows
        .iter()
        .map(|row| {
            let (of, store) = (row.resolution().of::<Feature>(), row.resolution().of::<Store>());
            let (of, store) = (of.unwrap(), store.unwrap());
            let on = |gate| store.enabled(gate);
            (
                of.enabled(Feature::Cache),
                of.enabled(Feature::Prefetch),
                on(Store::Compaction),
                on(Store::Mirror),
            )
        })
        .collect();
    assert!(values.iter().all(|&(cache, prefetch, _, mirror)| cache || !(prefetch || mirror)));
    for two in [(false, false), (false, true), (true, false), (true, true)] {
        assert!(values.iter().any(|&(_, prefetch, _, mirror)| (prefetch, mirror) == two));
        assert!(values.iter().any(|&(_, _, compaction, mirror)| (compaction, mirror) == two));
    }
    assert!(rows.iter().any(|row| row.text().contains("store:Mirror=true")));
}

#[test]
fn no_row_contradicts_what_a_gate_implies() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    #[feature_gate(groups = "none", group(all = [alpha]), master = "all")]
    enum Own {
        /// Turns on the next one, and needs the last one.
        #[gate(alpha, implies(Code), requires(Net))]
        Only,
        /// Turns on another one.
        #[gate(alpha, implies(Base))]
        Code,
        /// On by default, and implied.
        #[gate(beta)]
        Base,
        /// Off.
        #[gate(alpha)]
        Net,
    }
    let rows = featuregate_test::combinations::<Own>().unwrap();
    let on = |row: &Row<Own>| Own::all().map(|gate| row.enabled(gate)).collect::<Vec<_>>();
    for row in &rows {
        let [only, code, base, net] = on(row)[..] else { panic!("four gates") };
        assert!((!only || code && net) && (!code || base), "{row}");
        // The text repeats the row.
        let again = Own::resolver().without_env().flag(row.text()).resolve().unwrap();
        assert!(again.gates() == row.gates(), "{row}");
    }
    let some = |expected: [bool; 4]| rows.iter().any(|row| on(row) == expected);
    assert!(some([true, true, true, true]), "{rows:?}");
    assert!(rows.iter().any(|row| row.enabled(Own::Code) && !row.enabled(Own::Only)));
    assert!(rows.iter().any(|row| !row.enabled(Own::Base)));
}

#[test]
fn a_gate_that_requires_one_of_a_missing_enum_is_an_error() {
    assert!(featuregate_test::combinations::<Store>().is_err());
}

#[test]
fn what_was_set_in_the_resolver_does_not_change_a_row() {
    let resolver = || Resolver::<Feature>::new().without_env().flag("AllAlpha=true,Cache=true");
    let rows = resolved_by(resolver, 2).unwrap();
    let plain = combinations::of_strength::<Feature>(2).unwrap();
    for (row, plain) in rows.iter().zip(&plain) {
        assert!(row.gates() == plain.gates(), "{row}");
    }
}
