//! One test under several settings.

/// Runs one test under several settings of gates, each as a test of its own name.
///
/// The settings are texts as in `--feature-gates`; what they don't name keeps its default.
///
/// ```
/// use featuregate::FeatureGate;
///
/// #[derive(Clone, Copy, FeatureGate)]
/// enum Feature {
///     /// A cache in front of the disk.
///     #[gate(alpha)]
///     Cache,
/// }
///
/// fn answer() -> u32 {
///     if Feature::Cache.enabled() { 42 } else { 6 * 7 }
/// }
///
/// featuregate_test::under! {
///     Feature: without = "Cache=false", with = "Cache=true";
///
///     /// The cache does not change what is answered: `answers::without` and `answers::with`.
///     #[test]
///     fn answers() {
///         assert_eq!(answer(), 42);
///     }
/// }
/// # fn main() {}
/// ```
///
/// An `async` test takes the attribute of its runtime instead of `#[test]`, as in `#[tokio::test]`; its future runs
/// within the scope.
#[macro_export]
macro_rules! under {
    (
        $gates:ty: $($setting:ident = $text:expr),+ $(,)?;
        $(#[$attribute:meta])*
        async fn $name:ident() $(-> $output:ty)? $body:block
    ) => {
        mod $name {
            #[allow(unused_imports, reason = "the body may need none of them")]
            use super::*;

            async fn body() $(-> $output)? $body

            $crate::under! { @each async [$(#[$attribute])*] [$(-> $output)?] [$gates]; $($setting = $text,)+ }
        }
    };
    (
        $gates:ty: $($setting:ident = $text:expr),+ $(,)?;
        $(#[$attribute:meta])*
        fn $name:ident() $(-> $output:ty)? $body:block
    ) => {
        mod $name {
            #[allow(unused_imports, reason = "the body may need none of them")]
            use super::*;

            fn body() $(-> $output)? $body

            $crate::under! { @each [$(#[$attribute])*] [$(-> $output)?] [$gates]; $($setting = $text,)+ }
        }
    };
    (
        @each async [$($attributes:tt)*] [$($output:tt)*] [$gates:ty];
        $setting:ident = $text:expr, $($rest:tt)*
    ) => {
        $($attributes)*
        async fn $setting() $($output)* {
            $crate::overrides::<$gates>().text($text).scope().wrap(body()).await
        }

        $crate::under! { @each async [$($attributes)*] [$($output)*] [$gates]; $($rest)* }
    };
    (
        @each [$($attributes:tt)*] [$($output:tt)*] [$gates:ty];
        $setting:ident = $text:expr, $($rest:tt)*
    ) => {
        $($attributes)*
        fn $setting() $($output)* {
            $crate::overrides::<$gates>().text($text).run(body)
        }

        $crate::under! { @each [$($attributes)*] [$($output)*] [$gates]; $($rest)* }
    };
    (@each $($nothing_left:tt)*) => {};
}
