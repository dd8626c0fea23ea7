//! Which names are those of maps, lists and arguments of gates.

/// The spellings that end a name: `featureGates`, `feature_gates`, `KUBE_FEATURE_GATES`, `--feature-gates`,
/// `featureGatesMap`, without case and separators.
const ENDINGS: &[&str] = &["featuregates", "featuregatesmap"];

/// The names of gates' maps.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keys<'k> {
    /// Those that were given beside the usual ones.
    pub(super) more: &'k [String],
}

impl Keys<'_> {
    /// Whether a name is one of them.
    pub(super) fn has(self, name: &str) -> bool {
        if self.more.iter().any(|key| key == name) {
            return true;
        }
        // Most names are too short, and none of them is that long.
        if name.len() < "featuregates".len() || name.len() > 100 {
            return false;
        }
        let separator = |byte: &u8| matches!(byte, b'-' | b'_' | b'.');
        let kept = name.bytes().filter(|byte| !separator(byte));
        let folded: String = kept.map(|byte| char::from(byte.to_ascii_lowercase())).collect();
        let Some(before) = ENDINGS.iter().find_map(|ending| folded.strip_suffix(ending)) else {
            return false;
        };
        // `kube_feature_gates` are the gates of kube; `awsFeatureGates` are another program's. A list of
        // what is disabled would have to be read the other way round.
        let letters = before.len();
        let prefix = name.bytes().scan(0, |seen, byte| {
            *seen += usize::from(!separator(&byte));
            Some((*seen, byte))
        });
        let apart = prefix.skip_while(|(seen, _)| *seen < letters).nth(usize::from(letters > 0));
        letters == 0
            || apart.is_some_and(|(_, next)| separator(&next)) && !before.contains("disable")
    }

    /// Whether a text mentions any of them: true for every text that has one.
    pub(super) fn mentioned(self, text: &str) -> bool {
        self.more.iter().any(|key| text.contains(key.as_str()))
            || text.contains("eature") && any(text, "eature")
            || text.contains("EATURE") && any(text, "EATURE")
            || any_mixed(text)
    }
}

fn any(text: &str, feature: &str) -> bool {
    let gates = |(at, _): (usize, &str)| {
        let after = text.as_bytes().get(at + feature.len()..).unwrap_or_default();
        let separated = after.first().is_some_and(|byte| b"-_.".contains(byte));
        let after = after.get(usize::from(separated)..).unwrap_or_default();
        after.get(..5).is_some_and(|gates| gates.eq_ignore_ascii_case(b"gates"))
    };
    text.match_indices(feature).any(gates)
}

/// Other mixtures of case, which nobody writes on purpose, but which count all the same.
fn any_mixed(text: &str) -> bool {
    text.match_indices(['G', 'g']).any(|(at, _)| {
        let bytes = text.as_bytes();
        let is = |from: Option<usize>, word: &[u8]| {
            from.and_then(|from| bytes.get(from..from + word.len()))
                .is_some_and(|found| found.eq_ignore_ascii_case(word))
        };
        let before = match at.checked_sub(1).and_then(|at| bytes.get(at)) {
            Some(b'-' | b'_' | b'.') => at.checked_sub(8),
            _ => at.checked_sub(7),
        };
        is(Some(at), b"gates") && is(before, b"feature")
    })
}

#[cfg(test)]
mod tests {
    use super::Keys;

    #[test]
    fn the_usual_spellings_are_known() {
        let keys = Keys { more: &[] };
        for name in [
            "featureGates",
            "feature_gates",
            "feature-gates",
            "--feature-gates",
            "-feature-gates",
            "featureGatesMap",
            "kube_feature_gates",
            "KUBE_FEATURE_GATES",
            "kubelet-feature-gates",
            "fEATURE-gATES",
        ] {
            assert!(keys.has(name), "{name}");
            assert!(keys.mentioned(&format!("x {name}: y")), "{name}");
        }
        for name in [
            "feature",
            "featureGate",
            "gates",
            "disabled_feature_gates",
            "featureGatesX",
            "awsFeatureGates",
        ] {
            assert!(!keys.has(name), "{name}");
        }
        assert!(!keys.mentioned("a feature, and gates; Gate feature"));
    }

    #[test]
    fn more_can_be_given() {
        let more = ["switches".to_owned()];
        let keys = Keys { more: &more };
        assert!(keys.has("switches") && keys.mentioned("switches: {}"));
        assert!(!keys.has("Switches"));
    }
}
