//! Scopes: values of gates on this thread, and on the threads and in the futures that get the scope.

use std::cell::RefCell;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll};
use std::thread;

use featuregate::Enums;

use crate::hook::{self, EnumId, Gate, Hook, Values};
use crate::owner::Owner;
use crate::starter;

/// Values of gates on this thread while the scope is entered, on the threads and in the futures that get the scope,
/// and nowhere else. [`Overrides::scope`](crate::Overrides::scope) creates it.
///
/// A scope is a handle: its clones are the same scope. Other threads and tasks do not see it. If one that a test has
/// started reads a gate of the enum, it panics with the name of the gate, because the value without the scope would
/// be wrong. A test without a scope has the values of the process on its own thread.
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
/// // A thread gets the scope from the thread that starts it.
/// let scope = Scope::current();
/// let there = std::thread::spawn(move || scope.run(|| Feature::Cache.enabled()));
/// assert!(there.join().unwrap());
/// ```
#[derive(Clone)]
pub struct Scope {
    inner: Arc<Inner>,
}

/// What a scope overrides. The outermost scope overrides nothing.
struct Inner {
    enums: Vec<Values>,
    /// All requests so far, for scopes within this one.
    requests: Vec<(EnumId, Vec<(String, bool)>)>,
    /// Whether no gate may be read without a scope that covers it.
    is_strict: bool,
    owner: Owner,
}

/// How many scopes there are, so that reading a gate needs no lock while there is none.
static ALIVE: AtomicUsize = AtomicUsize::new(0);
/// The scopes of each enum in the whole process.
static SCOPES: Mutex<Vec<(EnumId, Weak<Inner>)>> = Mutex::new(Vec::new());

thread_local! {
    /// The scopes that are entered on this thread, the innermost last.
    static ENTERED: RefCell<Vec<Arc<Inner>>> = const { RefCell::new(Vec::new()) };
    /// The scopes of futures that were polled on this thread and are pending: other tasks may run between two polls.
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

/// The test of the scope that is entered on this thread.
fn test() -> Option<Arc<str>> {
    let of_innermost =
        |entered: &RefCell<Vec<Arc<Inner>>>| entered.try_borrow().ok()?.last()?.owner.test.clone();
    ENTERED.try_with(of_innermost).ok().flatten()
}

impl Scope {
    /// The innermost scope that is entered on this thread. If there is none, a scope that overrides nothing.
    #[must_use]
    pub fn current() -> Self {
        let innermost = ENTERED.with_borrow(|entered| entered.last().cloned());
        let outside = || {
            let owner = Owner::of_thread(test);
            Arc::new(Inner { enums: Vec::new(), requests: Vec::new(), is_strict: false, owner })
        };
        Self { inner: innermost.unwrap_or_else(outside) }
    }

    /// A scope within another one.
    pub(crate) fn within(
        outer: &Self,
        values: Vec<Values>,
        requests: &[(String, bool)],
        is_strict: bool,
    ) -> Self {
        hook::install::<Self>();
        let replaced: Vec<EnumId> = values.iter().map(|values| values.id).collect();
        let kept = outer.inner.enums.iter().filter(|values| !replaced.contains(&values.id));
        let enums: Vec<Values> = kept.cloned().chain(values).collect();
        let kept = outer.inner.requests.iter().filter(|(id, _)| !replaced.contains(id)).cloned();
        let own = replaced.iter().map(|id| (*id, requests.to_vec()));
        let requests = kept.chain(own).collect();
        let ids: Vec<EnumId> = enums.iter().map(|values| values.id).collect();
        let inner = Arc::new(Inner { enums, requests, is_strict, owner: Owner::of_thread(test) });
        ALIVE.fetch_add(1, SeqCst);
        let mut scopes = SCOPES.lock().unwrap_or_else(PoisonError::into_inner);
        scopes.retain(|(_, scope)| scope.strong_count() > 0);
        scopes.extend(ids.into_iter().map(|id| (id, Arc::downgrade(&inner))));
        Self { inner }
    }

    /// Whether the scope overrides the gates of an enum, or of all enums of a tuple: what code that must not read the
    /// values of the process can assert.
    ///
    /// ```
    /// # use featuregate::FeatureGate;
    /// use featuregate_test::{Scope, overrides};
    ///
    /// # #[derive(Clone, Copy, FeatureGate)]
    /// # enum Feature {
    /// #     /// A cache in front of the disk.
    /// #     #[gate(alpha)]
    /// #     Cache,
    /// # }
    /// assert!(!Scope::current().covers::<Feature>());
    /// overrides::<Feature>().run(|| assert!(Scope::current().covers::<Feature>()));
    /// ```
    #[must_use]
    pub fn covers<F: Enums>(&self) -> bool {
        hook::ids::<F>().into_iter().all(|id| self.inner.of(id).is_some())
    }

    /// All requests for an enum so far. `None` if the scope does not override its gates.
    pub(crate) fn requests(&self, id: EnumId) -> Option<&[(String, bool)]> {
        let of = self.inner.requests.iter().find(|(of, _)| *of == id);
        of.map(|(_, requests)| requests.as_slice())
    }

    /// Enters the scope on this thread until the guard is dropped, which also happens in a panic.
    #[must_use = "the scope is left when the guard is dropped"]
    pub fn enter(&self) -> Entered {
        ENTERED.with_borrow_mut(|entered| entered.push(Arc::clone(&self.inner)));
        Entered { scope: Arc::clone(&self.inner), on_this_thread: PhantomData }
    }

    /// Runs a closure within the scope.
    pub fn run<R>(&self, run: impl FnOnce() -> R) -> R {
        let _entered = self.enter();
        run()
    }

    /// A future that runs within the scope on every thread that polls it, as for `tokio::spawn`.
    pub fn wrap<F: Future>(&self, future: F) -> Scoped<F> {
        Scoped { future: Box::pin(future), scope: self.clone() }
    }
}

impl fmt::Debug for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gates = self.inner.enums.iter().flat_map(Values::iter);
        f.debug_map().entries(gates).finish()
    }
}

/// Keeps a scope entered on this thread until it is dropped.
#[must_use = "the scope is left when the guard is dropped"]
pub struct Entered {
    scope: Arc<Inner>,
    /// It cannot be sent to another thread.
    on_this_thread: PhantomData<*const ()>,
}

impl Drop for Entered {
    fn drop(&mut self) {
        // Guards may be dropped in any order, also after the thread's own data.
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

impl Hook for Scope {
    /// The value in the innermost scope. `None` if no scope concerns this thread.
    fn overridden(of: EnumId, gate: Gate) -> Option<bool> {
        if ALIVE.load(SeqCst) == 0 {
            return None;
        }
        // A thread that ends reads gates without a scope, and so does the code of the scope itself.
        let innermost = ENTERED.try_with(|entered| {
            let entered = entered.try_borrow().ok()?;
            let of_enum = entered.iter().rev().find(|inner| inner.of(of).is_some()).cloned();
            let is_strict = entered.iter().any(|inner| inner.is_strict);
            Some((of_enum, entered.is_empty(), is_strict))
        });
        match innermost {
            Ok(Some((Some(scope), ..))) => scope.of(of).map(|values| values.value(gate)),
            Ok(Some((None, true, _))) => {
                without_scope(of, gate);
                None
            }
            Ok(Some((None, false, true))) => not_covered(gate),
            // The thread has a scope, which does not override gates of this enum.
            _ => None,
        }
    }
}

/// Panics if this thread should have a scope of the enum: a future with one is pending on it, a test has started it, or
/// the scope is strict.
#[expect(clippy::panic, reason = "it makes a test fail")]
fn without_scope(of: EnumId, gate: Gate) {
    let pending = SEEN.try_with(|seen| {
        let seen = seen.try_borrow().ok()?;
        Some(seen.iter().filter_map(Weak::upgrade).any(|scope| scope.of(of).is_some()))
    });
    let is_missing = pending.ok().flatten() == Some(true) || {
        let scopes: Vec<Arc<Inner>> = {
            let scopes = SCOPES.lock().unwrap_or_else(PoisonError::into_inner);
            let of_enum = scopes.iter().filter(|(id, _)| *id == of);
            of_enum.filter_map(|(_, scope)| scope.upgrade()).collect()
        };
        scopes.iter().any(|scope| scope.is_strict)
            || !scopes.is_empty() && starter::is_started_by_a_test()
    };
    if is_missing {
        let (_, name) = gate.names();
        let thread = thread::current();
        let here = match thread.name() {
            Some(name) => format!("thread {name}"),
            None => "a thread without a name".to_owned(),
        };
        panic!(
            "gate {name} was read without a scope on {here}, while a test overrides gates of its enum; pass `Scope::current()` to the thread and call `run` on it, or wrap the task with `Scope::current().wrap(…)`"
        );
    }
}

/// Within a strict scope a gate of another enum was read.
#[expect(clippy::panic, reason = "it makes a test fail")]
fn not_covered(gate: Gate) -> ! {
    let (of, name) = gate.names();
    panic!(
        "gate {name} of {of} was read within a strict scope that does not cover its enum; add the enum, as in overrides::<(Feature, other::Feature)>()"
    );
}
