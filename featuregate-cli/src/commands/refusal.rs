//! Source whose gates cannot be read.

use crate::commands::output::Console;
use crate::error::Error;
use crate::lint::audit::Audit;
use crate::lint::rule::Policy;
use crate::report::{Format, Report};
use crate::source::selection::Selected;

/// Reports what is wrong with declarations; whether there is anything.
pub(crate) fn report(selected: &[Selected], console: &mut Console) -> Result<bool, Error> {
    let policy = Policy::default();
    let reports = selected.iter().map(|selected| Audit::of(selected, &policy).report());
    let report = Report::joined(reports.collect());
    if report.has_errors() {
        report.write(Format::Human, &mut console.out)?;
    }
    Ok(report.has_errors())
}
