use featuregate::FeatureGate;

/// Gates of a mail server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[gate(version = "1.36")]
enum Feature {
    /// Answers in the language of the sender.
    #[gate(alpha)]
    Translation,
}

fn main() {
    let resolution = Feature::resolver().flag("Translation=true").resolve();
    if resolution.is_ok() && Feature::Translation.enabled() {
        println!("{} is on", Feature::Translation.name());
    }
}
