//! What a list of assignments means for a set of gates: a pure function.
//!
//! The same inputs give the same [`Resolution`] or the same [`Problems`]; nothing is read from outside
//! and nothing changed. The steps, in order:
//!
//! 1. each item is taken by itself: is it well formed, which gate does it name?
//! 2. the last assignment of each gate decides (a later layer wins over an earlier one);
//! 3. each deciding assignment must be allowed at the versions in effect;
//! 4. every gate gets its [value](values): its own request; else on if a gate that is on implies it; else the
//!    group of its stage unless it is locked; else its default;
//! 5. every gate that is on must have on what it requires and implies.
//!
//! Where resolving is lenient, what breaks a rule is [left out](lenient) instead.

pub(crate) mod change;
pub(crate) mod explain;
pub mod help;
mod input;
mod lenient;
pub(crate) mod resolution;
mod suggest;
mod values;
pub(crate) mod work;

use alloc::sync::Arc;

use crate::gates::component::GateId;
use crate::gates::set::GateSet;
use crate::gates::status::Status;
use crate::id::IdVec;
use crate::problem::problems::Problems;
use crate::request::assignment::Item;
use crate::request::layer::{Layer, Policy, Treatment};
use crate::resolve::resolution::Resolution;
use crate::resolve::work::Work;

/// Resolves items against a set of gates, each at the versions of its component.
///
/// # Errors
/// Every problem of every item, in the order of the items.
///
/// ```
/// use featuregate_core::{GateSet, Source, Treatment, Version, Versions, parse, resolve};
///
/// let gates = GateSet::new(Versions::of_binary(Version::new(1, 36)));
/// let items = parse("AllAlpha=true", &Source::flag("--feature-gates"));
/// let resolution = resolve(gates, Treatment::Refuse, items)?;
/// assert_eq!(resolution.enabled("AllAlpha"), Some(true));
/// # Ok::<(), featuregate_core::Problems>(())
/// ```
pub fn resolve(
    gates: GateSet,
    unknown: Treatment,
    items: impl IntoIterator<Item = Item>,
) -> Result<Resolution, Problems> {
    resolve_layers(gates, [Layer::new(items).policy(Policy::new().unknown(unknown))])
}

/// Resolves layers of items, a later one over an earlier one.
///
/// # Errors
/// Every problem of every item, in the order of the layers and their items.
pub fn resolve_layers(
    gates: impl Into<Arc<GateSet>>,
    layers: impl IntoIterator<Item = Layer>,
) -> Result<Resolution, Problems> {
    let gates = gates.into();
    resolve_shared(&gates, &Arc::new(gates.statuses()), &mut layers.into_iter())
}

/// Resolves layers of items without those that break a rule, for programs that warn and go on. What was left out is
/// in the resolution's [problems](Resolution::problems).
///
/// Left out are items that cannot be read or are refused, and both of two names of one gate that contradict each
/// other. Then a gate that is on while one is off that it requires or implies is off too, and so on; only where a
/// locked gate requires or implies the other one, it is what turns that one off that is left out.
///
/// # Errors
/// Every problem, where a locked gate requires one that is off by default, so that nothing can be left out.
///
/// ```
/// use featuregate_core::{
///     Layer, RawMilestone, RawSpec, Registry, Source, Version, parse, resolve_lenient,
/// };
///
/// let mut registry = Registry::new(Version::new(1, 36));
/// let gate = |name: &str| RawSpec::new(name).milestone(RawMilestone::alpha("1.30"));
/// registry.register([gate("A").requires("B"), gate("B"), gate("C")])?;
///
/// let items = parse("A=true,C=true,D=true", &Source::flag("--gates"));
/// let resolution = resolve_lenient(registry.gates().clone(), [Layer::new(items)])?;
/// assert_eq!(resolution.enabled("A"), Some(false));
/// assert_eq!(resolution.enabled("C"), Some(true));
/// let problems: Vec<&str> = resolution.problems().iter().map(|problem| problem.gate()).collect();
/// assert_eq!(problems, ["A", "D"]);
/// # Ok::<(), featuregate_core::Problems>(())
/// ```
pub fn resolve_lenient(
    gates: impl Into<Arc<GateSet>>,
    layers: impl IntoIterator<Item = Layer>,
) -> Result<Resolution, Problems> {
    let gates = gates.into();
    let statuses = Arc::new(gates.statuses());
    let work = Work::of_layers(&gates, &statuses, &mut layers.into_iter());
    lenient::resolve(work)
}

/// The same as [`resolve_layers`] for gates of one component that have no former names, and require and imply nothing:
/// with less code, so that a program has only this.
///
/// # Errors
/// As there.
pub fn resolve_independent(
    gates: impl Into<Arc<GateSet>>,
    layers: impl IntoIterator<Item = Layer>,
) -> Result<Resolution, Problems> {
    independent(&gates.into(), &mut layers.into_iter())
}

/// One copy for all types of layers.
fn independent(
    gates: &Arc<GateSet>,
    layers: &mut dyn Iterator<Item = Layer>,
) -> Result<Resolution, Problems> {
    let statuses = Arc::new(gates.statuses());
    let mut work = Work::of_layers(gates, &statuses, layers);
    let decisions = work.check_independent();
    work.finish(decisions)
}

/// The same as [`resolve_layers`] for gates that others have too, of which is known what they are.
pub(crate) fn resolve_shared(
    gates: &Arc<GateSet>,
    statuses: &Arc<IdVec<GateId, Status>>,
    layers: &mut dyn Iterator<Item = Layer>,
) -> Result<Resolution, Problems> {
    let mut work = Work::of_layers(gates, statuses, layers);
    let decisions = work.check();
    work.finish(decisions)
}
