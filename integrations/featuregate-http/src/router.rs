//! Both services for axum.

use axum::Router;

use crate::{Featurez, Flagz};

/// A router with `/featurez` and `/flagz`, to be merged into the program's own, behind what authenticates.
///
/// ```
/// use featuregate::FeatureGate;
/// use featuregate_http::{Featurez, Flagz, router};
///
/// #[derive(Clone, Copy, FeatureGate)]
/// enum Feature {
///     /// A cache in front of the disk.
///     #[gate(alpha)]
///     Cache,
/// }
///
/// let app: axum::Router = axum::Router::new().merge(router(Featurez::of::<Feature>("app"), Flagz::new("app")));
/// ```
pub fn router<S: Clone + Send + Sync + 'static>(featurez: Featurez, flagz: Flagz) -> Router<S> {
    Router::new().route_service("/featurez", featurez).route_service("/flagz", flagz)
}
