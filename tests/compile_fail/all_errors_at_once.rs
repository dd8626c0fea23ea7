use featuregate::{FeatureGate, Gates};

/// Gates of an editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36", enviroment = "EDITOR_FEATURES")]
#[tombstone(Macros, removed = "1.37", value = false)]
enum Feature {
    /// Prints in colour.
    #[gate(beta = "1.33", alpha = "1.35")]
    Colour,

    #[gate(alpha = "1.33", owner = Editing)]
    Undo,

    /// Marks what changed.
    #[gate(alpha = "1.33.1", beta = "1.35", requires(Undoo))]
    Highlighting,

    /// Saves while typing.
    AutoSave,

    /// Lets the user choose what looks how.
    #[gate(beta = "1.35", requires(Undo, Printing), remove_in = "1.34")]
    Themes,

    /// Prints on paper.
    #[gate(alpha = "1.35", name = "Colour")]
    Printing,
}

fn serve(gates: Gates<Feature>) -> bool {
    gates.enabled(Feature::Undo)
}

fn main() {
    let on = Feature::all().filter(|gate| gate.enabled()).count();
    println!("{on} of {}", Feature::specs().len());
    println!("{}", serve(Feature::snapshot()));
}
