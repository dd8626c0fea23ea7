//! Where preview features are set, in the order of precedence.

use std::fmt;
use std::path::Path;

use clap::Args;
use featuregate::args::{FeatureListArgs, FeatureSwitchArgs, ListFlags, SwitchFlag};
use featuregate::data::GateList;
use featuregate::{Assignment, Notation, Origin, Problems, Resolution, Source, Treatment};
use serde::Deserialize;

use crate::feature::PreviewFeature;

/// The group of all preview features.
const ALL: &str = "all";

/// The names of the flags and variables.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Flags {}

impl SwitchFlag for Flags {
    const NAME: &'static str = "preview";
    const GATE: &'static str = ALL;
    const ENV: Option<&'static str> = Some("APP_PREVIEW");
}

impl ListFlags for Flags {
    const ON: Option<&'static str> = Some("preview-features");
    const ON_ENV: Option<&'static str> = Some("APP_PREVIEW_FEATURES");
}

/// `--preview`, `--no-preview` and `--preview-features`.
#[derive(Clone, Debug, Args)]
pub struct PreviewArgs {
    #[command(flatten)]
    switch: FeatureSwitchArgs<PreviewFeature, Flags>,
    #[command(flatten)]
    list: FeatureListArgs<PreviewFeature, Flags>,
}

/// What a configuration file says about preview features.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Settings {
    preview: Option<bool>,
    preview_features: GateList,
}

impl PreviewArgs {
    /// Resolves the flags, the variables and the files, of which a later one overrides those before it. What cannot
    /// be used is left out.
    ///
    /// # Errors
    /// None for one enum.
    pub fn resolve<'a>(
        &self,
        files: impl IntoIterator<Item = (&'a Path, &'a Settings)>,
    ) -> Result<Resolution<PreviewFeature>, Problems> {
        let mut resolver = PreviewFeature::resolver().unknown(Treatment::Notice);
        for (path, settings) in files {
            let source = Source::config(path.to_string_lossy()).written(Notation::On);
            let all = settings
                .preview
                .map(|value| Ok(Assignment::new(ALL, value, Origin::new(source.clone()))));
            let listed = settings.preview_features.items_or_group(&source, ALL);
            resolver = resolver.config(all.into_iter().chain(listed));
        }
        // Without preview features, also those that are listed beside it.
        if self.switch.value() != Some(false) {
            resolver = self.list.apply(resolver);
        }
        self.switch.apply(resolver).resolve_lenient()
    }
}

/// `enabled`, `disabled`, or the names of the features that are on.
#[derive(Debug)]
pub struct Shown<'a>(pub &'a Resolution<PreviewFeature>);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let on = PreviewFeature::all().filter(|feature| self.0.enabled(*feature));
        let names: Vec<&str> = on.map(PreviewFeature::name).collect();
        match names.len() {
            0 => f.write_str("disabled"),
            count if count == PreviewFeature::all().len() => f.write_str("enabled"),
            _ => f.write_str(&names.join(",")),
        }
    }
}
