/// The report as one page that needs nothing beside it: no network, no script. All that it says
/// goes through {@link lbresponder.report.page.Node}, which escapes it.
@NullMarked
package lbresponder.report.page;

import org.jspecify.annotations.NullMarked;
