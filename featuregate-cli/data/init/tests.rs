
#[cfg(test)]
mod tests {
    use featuregate_test::overrides;

    use super::Feature;

    #[test]
    fn a_test_has_its_own_values() {
        let _scope = overrides::<Feature>().on(Feature::Greeting).enter();
        assert!(Feature::Greeting.enabled());
    }
}
