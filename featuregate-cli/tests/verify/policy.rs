//! Where `featuregate.toml` is found.

use crate::command::{found, gate, source};
use crate::project::{Project, run_in};

const OWNER: &str = "[rules]\nno-owner = \"error\"\n";

#[test]
fn the_nearest_policy_counts_up_to_the_root_of_the_repository() {
    let gates = source(&gate("A", "alpha = \"1.30\""));
    let project = Project::with(&[("repo/a/b/src.rs", &gates), ("featuregate.toml", OWNER)]);
    let inside = project.path().join("repo/a/b");
    assert_eq!(run_in(&inside, &["update", "--src", "src.rs"]).code, 0);
    let verify = || run_in(&inside, &["verify", "--src", "src.rs"]).code;
    assert_eq!(verify(), 1);
    project.write("repo/.git/HEAD", "");
    assert_eq!(verify(), 0, "beyond the repository");
    project.write("repo/featuregate.toml", OWNER);
    assert_eq!(verify(), 1);
    project.write("repo/a/b/featuregate.toml", "[rules]\nno-owner = \"note\"\n");
    let ran = run_in(&inside, &["verify", "--src", "src.rs", "--format", "json"]);
    assert_eq!((ran.code, found(&ran).len()), (0, 1));
    let ran = run_in(&inside, &["verify", "--src", "src.rs", "--config", "../../featuregate.toml"]);
    assert_eq!(ran.code, 1);
}

#[test]
fn an_error_in_a_policy_is_reported_with_its_location() {
    let gates = source(&gate("A", "alpha = \"1.30\""));
    let project = Project::with(&[
        ("src.rs", &gates),
        ("featuregate.toml", "[rules]\nno-ownr = \"error\"\nno-doc = \"off\"\n"),
    ]);
    for command in ["update", "verify"] {
        let ran = project.run(&[command, "--src", "src.rs"]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert_eq!(
            ran.err,
            "error: featuregate.toml:2:1: unknown rule no-ownr; did you mean no-owner?\n\
             error: featuregate.toml:3:10: rule no-doc is always an error, since the enum does not compile; remove this line\n"
        );
    }
    let ran = project.run(&["verify", "--src", "src.rs", "--config", "nowhere.toml"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.starts_with("error: cannot read nowhere.toml: "), "{ran:?}");
}
