//! The code that is the same for every enum of gates.
//!
//! The derive calls this macro with what differs. The code is here and not in the derive because it is easier to read
//! than quoted code, and because a crate that does not quote it compiles faster.

/// Implements everything for an enum of gates. Only for the derive.
#[doc(hidden)]
#[macro_export]
macro_rules! __declare_gates {
    (
        $gates:ident [$($variant:ident)*] [$($gate:ident $position:expr)?];
        $text:literal $table:literal $index:literal $count:literal ($major:literal $minor:literal $($patch:literal)?) $refuse:literal
            [$($env:literal)?] [$($env_prefix:literal)?] [$($component:literal)?] [$($emulation:ident)?] [$($runtime:ident)?]
            [$($group_text:literal $group_table:literal)?] [$($setting:ident)*];
        $bytes:literal [$($default:literal)*] [$($fixed:literal)*]
            [$(($condition:expr) [$($mask:literal)*])*]
            [$(($of:literal $milestone:literal ($if:expr) [$($bit:literal)*]))*]
            [$(($from:literal $required:ident))*];
        $documentation:literal
    ) => {
        const _: () = {
            // Names that no condition of the user's program can refer to.
            const __FEATUREGATE_AVAILABLE: [$crate::__private::u8; $bytes] = {
                let bits = [255; $bytes];
                $(let bits = $crate::__private::both(
                    bits,
                    $crate::__private::compiled_in($condition, [$($mask),*]),
                );)*
                bits
            };
            const __FEATUREGATE_DEFAULTS: [$crate::__private::u8; $bytes] =
                $crate::__private::both(
                    {
                        let bits = [$($default),*];
                        $(let bits = $crate::__private::on_if(bits, $if, [$($bit),*]);)*
                        bits
                    },
                    __FEATUREGATE_AVAILABLE,
                );
            const __FEATUREGATE_FIXED: [$crate::__private::u8; $bytes] =
                $crate::__private::fixed([$($fixed),*], __FEATUREGATE_AVAILABLE);
            static __FEATUREGATE_CELLS: $crate::__private::Cells<$bytes> =
                $crate::__private::Cells::new(__FEATUREGATE_DEFAULTS);

            const __FEATUREGATE_DECLARATION: $crate::__private::Declaration =
                $crate::__private::Declaration::new(
                    $crate::__private::Packed::new($text, $table, $index), $count, ($major, $minor, &[$($patch)?]), $refuse,
                    &[$($env)?], &[$($env_prefix)?], &[$($component)?],
                )
                .with_groups(&[$(($group_text, $group_table))?])
                .with_conditions(&[$(($of, $milestone, $if)),*])
                $(.$setting())*;

            #[automatically_derived]
            // Only rustdoc needs it, so it is not written to the crate's metadata.
            #[cfg_attr(doc, doc = $documentation)]
            impl $gates {
                /// Whether this gate is on: its default until a resolution is installed.
                #[inline(always)]
                #[must_use]
                pub fn enabled(self) -> $crate::__private::bool {
                    let position = $crate::__private::position(self);
                    let value = $crate::__private::enabled(position, &__FEATUREGATE_CELLS, &__FEATUREGATE_FIXED, &__FEATUREGATE_DEFAULTS, $crate::__private::named::<Self>);
                    $crate::__recorded!(Self, position, value)
                }

                #[doc(hidden)]
                #[inline(always)]
                #[must_use]
                #[allow(deprecated)]
                pub const fn __featuregate_position(self) -> $crate::__private::usize {
                    $crate::__declare_gates!(@position self $(, $gate $position)?)
                }

                /// Continues only if this gate is on.
                ///
                /// # Errors
                /// What is off, its stage, how to turn it on, and where it is tracked.
                #[inline]
                pub fn require(self) -> $crate::__private::Result<(), $crate::__private::Disabled> {
                    $crate::__private::require(self)
                }

                /// The gate's name, as operators write it.
                #[inline]
                #[must_use]
                pub const fn name(self) -> &'static $crate::__private::str {
                    __FEATUREGATE_DECLARATION.name(self.__featuregate_position())
                }

                /// The gate's help text.
                #[inline]
                #[must_use]
                pub const fn doc(self) -> &'static $crate::__private::str {
                    __FEATUREGATE_DECLARATION.doc(self.__featuregate_position())
                }

                /// The gate's stage in the release of the enum, whatever release is emulated.
                #[inline]
                #[must_use]
                pub const fn stage(self) -> $crate::__private::Stage {
                    __FEATUREGATE_DECLARATION.stage(self.__featuregate_position())
                }

                /// Whether the gate is on in the release of the enum unless it is set.
                #[inline]
                #[must_use]
                pub const fn default(self) -> $crate::__private::bool {
                    $crate::__private::is_set(&__FEATUREGATE_DEFAULTS, self.__featuregate_position())
                }

                /// Who is responsible for the gate.
                #[inline]
                #[must_use]
                pub const fn owner(self) -> $crate::__private::Option<&'static $crate::__private::str> {
                    __FEATUREGATE_DECLARATION.owner(self.__featuregate_position())
                }

                /// Where the gate is tracked.
                #[inline]
                #[must_use]
                pub const fn issue(self) -> $crate::__private::Option<&'static $crate::__private::str> {
                    __FEATUREGATE_DECLARATION.issue(self.__featuregate_position())
                }

                /// The gate with this name or former name, and which of them it is.
                #[inline]
                #[must_use]
                pub fn find(
                    text: &$crate::__private::str,
                ) -> $crate::__private::Option<$crate::__private::Found<Self>> {
                    $crate::__private::find(text)
                }

                /// The gate's declaration.
                #[inline]
                #[must_use]
                pub fn spec(self) -> $crate::__private::GateSpec {
                    $crate::__private::spec(self)
                }

                /// All gates, in the order of declaration.
                #[inline]
                pub fn all() -> $crate::__private::All<Self> {
                    $crate::__private::all()
                }

                /// The declarations of all gates, in the order of declaration.
                #[inline]
                pub fn specs() -> $crate::__private::Specs {
                    $crate::__private::specs::<Self>()
                }

                /// Starts resolving the gates: add sources, then call `resolve`, then `install`.
                #[inline]
                #[must_use]
                pub fn resolver() -> $crate::__private::Resolver<Self> {
                    $crate::__private::Resolver::new()
                }

                /// The values that hold where this is called, as a plain value.
                #[inline]
                #[must_use]
                pub fn snapshot() -> $crate::__private::Gates<Self> {
                    $crate::__private::snapshot()
                }
            }

            #[automatically_derived]
            impl $crate::__private::GateEnum for $gates {
                type Bits = [$crate::__private::u8; $bytes];
                const DECLARATION: $crate::__private::Declaration = __FEATUREGATE_DECLARATION;
                const EMULATES: $crate::__private::bool =
                    $crate::__declare_gates!(@emulates $($emulation)?);
                const REQUIRED: &'static [($crate::__private::usize, $crate::__private::Required)] =
                    &[$(($from, $required)),*];
                // A deprecated gate is not used here, only listed.
                #[allow(deprecated)]
                const ALL: &'static [Self] = &[$(Self::$variant),*];
                #[allow(deprecated)]
                const DISCRIMINANTS: &'static [$crate::__private::i128] =
                    $crate::__declare_gates!(@discriminants [$(Self::$variant,)*] $($gate)?);
                const AVAILABLE: &'static [$crate::__private::u8] = &__FEATUREGATE_AVAILABLE;
                const DEFAULTS: [$crate::__private::u8; $bytes] = __FEATUREGATE_DEFAULTS;
                const FIXED: [$crate::__private::u8; $bytes] = __FEATUREGATE_FIXED;

                #[inline(always)]
                fn position(self) -> $crate::__private::usize {
                    self.__featuregate_position()
                }

                // Never inlined, nor is `cells`: what an implementation of a public trait inlines is
                // exported, even if the enum is private, and an exported static is reached by its address.
                #[inline(never)]
                fn __enabled(self) -> $crate::__private::bool {
                    $gates::enabled(self)
                }

                #[inline(never)]
                fn cells() -> $crate::__private::CellsRef {
                    __FEATUREGATE_CELLS.as_ref()
                }
            }

            $($crate::__declare_gates! { @$emulation $gates })?
            $($crate::__declare_gates! { @$runtime $gates })?

            #[automatically_derived]
            impl $crate::__private::fmt::Display for $gates {
                #[inline]
                fn fmt(
                    &self,
                    f: &mut $crate::__private::fmt::Formatter<'_>,
                ) -> $crate::__private::fmt::Result {
                    $crate::__private::display(self, f)
                }
            }

            #[automatically_derived]
            impl $crate::__private::FromStr for $gates {
                type Err = $crate::__private::UnknownGate;

                #[inline]
                fn from_str(
                    name: &$crate::__private::str,
                ) -> $crate::__private::Result<Self, Self::Err> {
                    $crate::__private::from_name(name)
                }
            }
        };
    };
    (@position $variant:expr) => {
        $variant as $crate::__private::usize
    };
    (@position $variant:expr, $gate:ident $position:expr) => {{
        let $gate = $variant;
        $position
    }};
    (@discriminants [$($variant:expr,)*]) => {
        &[]
    };
    (@discriminants [$($variant:expr,)*] $gate:ident) => {
        &[$($variant as $crate::__private::i128),*]
    };
    (@emulates) => {
        false
    };
    (@emulates emulation) => {
        true
    };
    (@emulation $gates:ident) => {
        #[automatically_derived]
        impl $crate::__private::Emulates for $gates {}
    };
    (@runtime $gates:ident) => {
        #[automatically_derived]
        impl $crate::__private::Runtime for $gates {}
    };
}

/// The value of a gate that was read, which is recorded where the feature `record` is on.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "record"))]
macro_rules! __recorded {
    ($gates:ty, $position:ident, $value:ident) => {
        $value
    };
}

/// The value of a gate that was read, which is recorded where the feature `record` is on.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "record")]
macro_rules! __recorded {
    ($gates:ty, $position:ident, $value:ident) => {{
        $crate::__private::recorded::<$gates>($position, $value);
        $value
    }};
}
