//! How the program of a manifest writes gates.

use crate::declare::spec::RemovedPolicy;

/// How the program of a manifest writes gates in its configuration and its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Syntax {
    /// As Kubernetes does: `A=true`. Who reads a map decides which types its values may have.
    Kubernetes,
    /// As OpenTelemetry does: a bare name is a gate that is on, and `-A` one that is off.
    OpenTelemetry,
    /// As programs of this library do: the values of a map are booleans.
    Featuregate,
}

impl Syntax {
    /// That of a manifest that does not say it: only programs of this library tolerate removed gates.
    pub(super) fn implied(removed: RemovedPolicy) -> Self {
        match removed {
            RemovedPolicy::Tolerate => Self::Featuregate,
            RemovedPolicy::Refuse => Self::Kubernetes,
        }
    }

    /// As a manifest has it: `kubernetes`, `opentelemetry` or `featuregate`.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Kubernetes => "kubernetes",
            Self::OpenTelemetry => "opentelemetry",
            Self::Featuregate => "featuregate",
        }
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        let all = [Self::Kubernetes, Self::OpenTelemetry, Self::Featuregate];
        all.into_iter().find(|syntax| syntax.as_str() == text)
    }
}
