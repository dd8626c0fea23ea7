//! A provider of `OpenFeature` that answers from the feature gates of the process.
//!
//! A library that asks `OpenFeature` gets the values of the program's gates, with variant (`on` or `off`) and reason. The
//! answers are there at once: nothing waits.
//!
//! ```
//! use featuregate::FeatureGate;
//! use featuregate_openfeature::GateProvider;
//! use open_feature::OpenFeature;
//!
//! #[derive(Clone, Copy, FeatureGate)]
//! enum Feature {
//!     /// A cache in front of the disk.
//!     #[gate(alpha)]
//!     Cache,
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! Feature::resolver().flag("Cache=true").resolve()?.install()?;
//! let mut api = OpenFeature::singleton_mut().await;
//! api.set_provider(GateProvider::of::<Feature>()).await;
//! let client = api.create_client();
//! assert_eq!(client.get_bool_value("Cache", None, None).await, Ok(true));
//! # Ok(())
//! # }
//! ```

use std::fmt;

use async_trait::async_trait;
use featuregate::{Cause, FeatureGate, GateState, UntypedResolution};
use open_feature::provider::{
    FeatureProvider, ProviderMetadata, ProviderStatus, ResolutionDetails,
};
use open_feature::{
    EvaluationContext, EvaluationError, EvaluationErrorCode, EvaluationReason, EvaluationResult,
    FlagMetadata, FlagMetadataValue, StructValue,
};

/// The name of the provider, which is `feature_flag.provider.name` in `OpenTelemetry`.
const NAME: &str = "featuregate";

/// Answers with the gates that are installed. The evaluation context does not matter: a gate is on or off for the whole
/// process.
///
/// | a gate | reason |
/// |---|---|
/// | with its default | `DEFAULT` |
/// | that a setting decided, its own or that of its group | `STATIC` |
/// | that does not exist yet, or that is removed | the error `FLAG_NOT_FOUND` |
///
/// The metadata has `stage` and, if a setting decided, `origin`.
pub struct GateProvider {
    metadata: ProviderMetadata,
    installed: fn() -> Option<UntypedResolution>,
}

impl GateProvider {
    /// The gates of an enum, and of those that are installed with it.
    #[must_use]
    pub fn of<F: FeatureGate>() -> Self {
        Self {
            metadata: ProviderMetadata::new(NAME),
            installed: || F::installed().map(|resolution| resolution.untyped().clone()),
        }
    }

    fn answer<T>(
        &self,
        key: &str,
        details: impl FnOnce(&GateState<'_>) -> EvaluationResult<ResolutionDetails<T>>,
    ) -> EvaluationResult<ResolutionDetails<T>> {
        let Some(resolution) = (self.installed)() else {
            return Err(error(EvaluationErrorCode::ProviderNotReady, "no gates are installed yet"));
        };
        if let Some(gate) = resolution.state(key).filter(|gate| gate.status().exists()) {
            return details(&gate);
        }
        let nearest = resolution.gates().nearest(key);
        let help = nearest.map(|name| format!("; did you mean {name}?")).unwrap_or_default();
        Err(error(EvaluationErrorCode::FlagNotFound, format!("unknown gate {key:?}{help}")))
    }

    fn mismatch<T>(&self, key: &str) -> EvaluationResult<ResolutionDetails<T>> {
        self.answer(key, |gate| {
            let message = format!("gate {} is a boolean", gate.name());
            Err(error(EvaluationErrorCode::TypeMismatch, message))
        })
    }
}

impl fmt::Debug for GateProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GateProvider").finish_non_exhaustive()
    }
}

#[async_trait]
impl FeatureProvider for GateProvider {
    fn status(&self) -> ProviderStatus {
        match (self.installed)() {
            Some(_) => ProviderStatus::Ready,
            None => ProviderStatus::NotReady,
        }
    }

    fn metadata(&self) -> &ProviderMetadata {
        &self.metadata
    }

    async fn resolve_bool_value(
        &self,
        key: &str,
        _: &EvaluationContext,
    ) -> EvaluationResult<ResolutionDetails<bool>> {
        self.answer(key, |gate| Ok(details(gate, gate.enabled())))
    }

    async fn resolve_int_value(
        &self,
        key: &str,
        _: &EvaluationContext,
    ) -> EvaluationResult<ResolutionDetails<i64>> {
        self.mismatch(key)
    }

    async fn resolve_float_value(
        &self,
        key: &str,
        _: &EvaluationContext,
    ) -> EvaluationResult<ResolutionDetails<f64>> {
        self.mismatch(key)
    }

    async fn resolve_string_value(
        &self,
        key: &str,
        _: &EvaluationContext,
    ) -> EvaluationResult<ResolutionDetails<String>> {
        self.mismatch(key)
    }

    async fn resolve_struct_value(
        &self,
        key: &str,
        _: &EvaluationContext,
    ) -> EvaluationResult<ResolutionDetails<StructValue>> {
        self.mismatch(key)
    }
}

fn details<T>(gate: &GateState<'_>, value: T) -> ResolutionDetails<T> {
    let cause = gate.cause();
    let text = |text: &dyn fmt::Display| FlagMetadataValue::String(text.to_string());
    let mut metadata = FlagMetadata::default();
    metadata.add_value("stage", text(&gate.stage().as_str()));
    let reason = if let Cause::Default = cause {
        EvaluationReason::Default
    } else {
        metadata.add_value("origin", text(&cause));
        EvaluationReason::Static
    };
    ResolutionDetails {
        value,
        variant: Some(if gate.enabled() { "on" } else { "off" }.to_owned()),
        reason: Some(reason),
        flag_metadata: Some(metadata),
    }
}

fn error(code: EvaluationErrorCode, message: impl Into<String>) -> EvaluationError {
    EvaluationError { code, message: Some(message.into()) }
}
