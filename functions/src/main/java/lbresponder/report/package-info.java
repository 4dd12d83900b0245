/// The diagnosis as plain data, as JSON and as text. Presentation for one channel belongs to that
/// channel.
@NullMarked
package lbresponder.report;

import org.jspecify.annotations.NullMarked;
