//! Scopes: values that hold on this thread, and wherever the scope is handed to.

use std::cell::RefCell;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll};
use std::thread;

use featuregate::testing::{EnumId, Values, set_hook};

/// Values of gates that hold where the scope is entered: on this thread, on threads and in futures to which it
/// is handed, and nowhere else. Made by [`Overrides::scope`](crate::Overrides::scope).
///
/// A scope is a handle: clones are the same scope. A thread or task that it is not handed to does not see it;
/// if such a one reads a gate of the enum meanwhile, it panics and names the gate, since the value without
/// the scope would be a wrong answer without a word. A test that has no scope of its own goes on in its own
/// thread, with the values of the process.
///
/// ```
/// use featuregate::FeatureGate;
/// use featuregate_test::{Scope, overrides};
///
/// #[derive(Clone, Copy, FeatureGate)]
/// enum Feature {
///     /// A cache in front of the disk.
///     #[gate(alpha)]
///     Cache,
/// }
///
/// let _on = overrides::<Feature>().on(Feature::Cache).enter();
/// assert!(Feature::Cache.enabled());
/// // A thread gets the scope from whoever starts it.
/// let scope = Scope::current();
/// let there = std::thread::spawn(move || scope.run(|| Feature::Cache.enabled()));
/// assert!(there.join().unwrap());
/// ```
#[derive(Clone)]
pub struct Scope {
    inner: Arc<Inner>,
}

/// What a scope says; of the outermost, nothing.
struct Inner {
    enums: Vec<Values>,
    /// What was asked for so far, for scopes within this one.
    requests: Vec<(EnumId, Vec<(String, bool)>)>,
}

/// How many scopes there are, so that reading a gate costs no lock while there is none.
static ALIVE: AtomicUsize = AtomicUsize::new(0);
/// For each enum its scopes, all over the process.
static SCOPES: Mutex<Vec<(EnumId, Weak<Inner>)>> = Mutex::new(Vec::new());

thread_local! {
    /// The scopes that are entered here, the innermost last.
    static ENTERED: RefCell<Vec<Arc<Inner>>> = const { RefCell::new(Vec::new()) };
    /// The scopes of futures that were polled here and are not done, so that other tasks may run here between.
    static SEEN: RefCell<Vec<Weak<Inner>>> = const { RefCell::new(Vec::new()) };
}

impl Inner {
    fn of(&self, id: EnumId) -> Option<&Values> {
        self.enums.iter().find(|values| values.id == id)
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if !self.enums.is_empty() {
            ALIVE.fetch_sub(1, SeqCst);
        }
    }
}

impl Scope {
    /// The innermost scope that is entered on this thread; where there is none, one that overrides nothing.
    #[must_use]
    pub fn current() -> Self {
        let innermost = ENTERED.with_borrow(|entered| entered.last().cloned());
        let outside = || Arc::new(Inner { enums: Vec::new(), requests: Vec::new() });
        Self { inner: innermost.unwrap_or_else(outside) }
    }

    /// A scope within another one.
    pub(crate) fn within(outer: &Self, values: Vec<Values>, requests: &[(String, bool)]) -> Self {
        set_hook(overridden);
        let replaced: Vec<EnumId> = values.iter().map(|values| values.id).collect();
        let kept = outer.inner.enums.iter().filter(|values| !replaced.contains(&values.id));
        let enums: Vec<Values> = kept.cloned().chain(values).collect();
        let kept = outer.inner.requests.iter().filter(|(id, _)| !replaced.contains(id)).cloned();
        let own = replaced.iter().map(|id| (*id, requests.to_vec()));
        let requests = kept.chain(own).collect();
        let ids: Vec<EnumId> = enums.iter().map(|values| values.id).collect();
        let inner = Arc::new(Inner { enums, requests });
        ALIVE.fetch_add(1, SeqCst);
        let mut scopes = SCOPES.lock().unwrap_or_else(PoisonError::into_inner);
        scopes.retain(|(_, scope)| scope.strong_count() > 0);
        scopes.extend(ids.into_iter().map(|id| (id, Arc::downgrade(&inner))));
        Self { inner }
    }

    /// What was asked of an enum so far; nothing outside of its scopes.
    pub(crate) fn requests(&self, id: EnumId) -> Option<&[(String, bool)]> {
        let of = self.inner.requests.iter().find(|(of, _)| *of == id);
        of.map(|(_, requests)| requests.as_slice())
    }

    /// Enters the scope on this thread until the guard goes, also by a panic.
    #[must_use = "the scope is left when the guard is dropped"]
    pub fn enter(&self) -> Entered {
        ENTERED.with_borrow_mut(|entered| entered.push(Arc::clone(&self.inner)));
        Entered { scope: Arc::clone(&self.inner), on_this_thread: PhantomData }
    }

    /// Runs something within the scope.
    pub fn run<R>(&self, run: impl FnOnce() -> R) -> R {
        let _entered = self.enter();
        run()
    }

    /// A future that runs within the scope, on whichever threads it is polled: for `tokio::spawn` and the like.
    pub fn wrap<F: Future>(&self, future: F) -> Scoped<F> {
        Scoped { future: Box::pin(future), scope: self.clone() }
    }
}

impl fmt::Debug for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gates = self.inner.enums.iter().flat_map(|values| &values.gates);
        f.debug_map().entries(gates.map(|(name, value)| (name, value))).finish()
    }
}

/// A scope is entered on this thread until this goes.
#[must_use = "the scope is left when the guard is dropped"]
pub struct Entered {
    scope: Arc<Inner>,
    /// It can't be sent to another thread.
    on_this_thread: PhantomData<*const ()>,
}

impl Drop for Entered {
    fn drop(&mut self) {
        // Guards may go in any order, and a thread may end before its guards do.
        let _ = ENTERED.try_with(|entered| {
            let mut entered = entered.borrow_mut();
            if let Some(at) = entered.iter().rposition(|inner| Arc::ptr_eq(inner, &self.scope)) {
                entered.remove(at);
            }
        });
    }
}

impl fmt::Debug for Entered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entered").finish_non_exhaustive()
    }
}

/// A future within a scope: see [`Scope::wrap`].
#[must_use = "futures do nothing unless they are polled"]
pub struct Scoped<F> {
    future: Pin<Box<F>>,
    scope: Scope,
}

impl<F: Future> Future for Scoped<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let _entered = self.scope.enter();
        let polled = self.future.as_mut().poll(context);
        let this = Arc::downgrade(&self.scope.inner);
        SEEN.with_borrow_mut(|seen| {
            seen.retain(|scope| scope.strong_count() > 0 && !scope.ptr_eq(&this));
            if polled.is_pending() {
                seen.push(this);
            }
        });
        polled
    }
}

impl<F> fmt::Debug for Scoped<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scoped").field("scope", &self.scope).finish_non_exhaustive()
    }
}

/// What the hook answers: the value in the innermost scope; nothing where no scope concerns the reader.
fn overridden(id: EnumId, position: usize) -> Option<bool> {
    if ALIVE.load(SeqCst) == 0 {
        return None;
    }
    // A thread that ends reads gates without a scope, as does the scope's own bookkeeping.
    let innermost = ENTERED.try_with(|entered| {
        let entered = entered.try_borrow().ok()?;
        let of_enum = entered.iter().rev().find(|inner| inner.of(id).is_some()).cloned();
        Some((of_enum, entered.is_empty()))
    });
    match innermost {
        Ok(Some((Some(scope), _))) => {
            scope.of(id).and_then(|values| values.gates.get(position)).map(|(_, value)| *value)
        }
        Ok(Some((None, true))) => {
            report(id, position);
            None
        }
        // A scope was handed over, if one without this enum.
        _ => None,
    }
}

/// Panics if this thread should have a scope of the enum: a future with one waits here meanwhile, or it is one
/// that a test starts.
#[expect(clippy::panic, reason = "a test fails so")]
fn report(id: EnumId, position: usize) {
    let seen = SEEN.try_with(|seen| {
        let seen = seen.try_borrow().ok()?;
        seen.iter().filter_map(Weak::upgrade).find(|scope| scope.of(id).is_some())
    });
    let seen = seen.ok().flatten();
    let scope = match seen {
        Some(scope) => Some(scope),
        None if is_started_by_a_test() => {
            let scopes = SCOPES.lock().unwrap_or_else(PoisonError::into_inner);
            let mut of_enum = scopes.iter().filter(|(of, _)| *of == id);
            of_enum.find_map(|(_, scope)| scope.upgrade())
        }
        None => None,
    };
    let gate = scope.as_ref().and_then(|scope| scope.of(id)?.gates.get(position));
    if let Some((name, _)) = gate {
        let thread = thread::current();
        let here = thread.name().unwrap_or("a thread without a name").to_owned();
        let name = name.clone();
        drop(scope);
        panic!(
            "gate {name} was read on {here} without a scope, while a test overrides gates of this enum; hand the scope over with `Scope::current()` and there `scope.run(…)`, or for a task `scope.wrap(…)`"
        );
    }
}

/// Test runners name the thread of a test after it, or run it on the main thread. Threads that a test starts
/// have no name, or one that a runtime gives to its workers.
fn is_started_by_a_test() -> bool {
    const RUNTIMES: [&str; 5] = ["tokio-", "async-", "smol-", "rayon", "blocking"];
    let thread = thread::current();
    thread.name().is_none_or(|name| RUNTIMES.iter().any(|runtime| name.starts_with(runtime)))
}
