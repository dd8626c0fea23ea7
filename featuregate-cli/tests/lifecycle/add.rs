//! `featuregate add`.

use crate::project::Project;

const SOURCE: &str = "\
#[derive(FeatureGate)]
#[feature_gate(version = \"1.36\")]
#[tombstone(Gone, removed = \"1.20\", value = true)]
enum Feature {
    /// Keeps pages.
    #[gate(alpha = \"1.30\")]
    Cache,
}

#[derive(FeatureGate)]
#[feature_gate(component = \"store\", version = \"3.6\")]
enum Store {}
";

#[test]
fn a_gate_is_added_to_its_enum_and_the_manifest() {
    let project = Project::with(&[("src.rs", SOURCE)]);
    let ran =
        project.change(&["add", "Early", "--doc", "Answers early.\n\nReally.", "--owner", "a\"b"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    assert_eq!(
        ran.out,
        "src.rs: gate Early is new: alpha since 1.36\nfeaturegates.yaml is new: 3 gates\n\
         next: check it with Feature::Early.enabled()\n"
    );
    let ran = project.change(&["add", "store:PackRows", "--stage", "beta", "--since", "3.5"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("next: describe what it does in its doc comment"), "{ran:?}");
    let expected = SOURCE.replace(
        "    Cache,\n",
        "    Cache,\n    /// Answers early.\n    ///\n    /// Really.\n    #[gate(alpha = \"1.36\", owner = \"a\\\"b\")]\n    Early,\n",
    );
    let expected = expected.replace(
        "enum Store {}",
        "enum Store {\n    /// Pack rows.\n    #[gate(beta = \"3.5\")]\n    PackRows,\n}",
    );
    assert_eq!(project.read("src.rs"), expected);
    assert!(project.read("featuregates.yaml").contains("- name: store:PackRows"));
    assert_eq!(project.change(&["verify"]).code, 0);
}

#[test]
fn a_name_that_cannot_be_added_is_reported_with_help() {
    let project = Project::with(&[("src.rs", SOURCE)]);
    for (arguments, message) in [
        (vec!["Cache"], "gate Cache is already declared in src.rs:7"),
        (
            vec!["Gone"],
            "gate Gone was removed in 1.20 (src.rs:3); a name cannot be used again, so choose another one",
        ),
        (vec!["new-cache"], "\"new-cache\" is not the name of a variant; did you mean NewCache?"),
        (vec!["1st"], "\"1st\" is not the name of a variant; write it as in NewCache"),
        (vec!["stor:A"], "no enum belongs to the component stor; the enums are Feature, Store"),
        (vec!["A", "--enum", "Feat"], "the package has no enum Feat; the enums are Feature, Store"),
    ] {
        let ran = project.change(&[&["add"], arguments.as_slice()].concat());
        assert_eq!((ran.code, ran.err), (2, format!("error: {message}\n")), "{arguments:?}");
        assert_eq!(project.read("src.rs"), SOURCE);
    }
    let two = SOURCE.replace("component = \"store\", version = \"3.6\"", "version = \"1.36\"");
    project.write("src.rs", &two);
    let ran = project.change(&["add", "A"]);
    let message = "error: the package has several enums; name one with --enum: Feature, Store\n";
    assert_eq!((ran.code, ran.err.as_str()), (2, message));
    assert_eq!(project.change(&["add", "A", "--enum", "Store"]).code, 0);
    assert!(project.read("src.rs").contains("enum Store {\n    /// A.\n"));
}

#[test]
fn a_gate_that_would_not_compile_is_not_added() {
    let project = Project::with(&[("src.rs", "#[derive(FeatureGate)]\nenum Feature {}\n")]);
    // The enum has the version of its crate, which is 0.0 here.
    let ran = project.change(&["add", "Cache", "--since", "1.4"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains("write the version of the component"), "{ran:?}");
    assert_eq!(project.read("src.rs"), "#[derive(FeatureGate)]\nenum Feature {}\n");
    let ran = project.change(&["add", "Cache", "--dry-run"]);
    assert!(ran.code == 0 && ran.out.contains("+    Cache,"), "{ran:?}");
    assert_eq!(project.read("src.rs"), "#[derive(FeatureGate)]\nenum Feature {}\n");
}
