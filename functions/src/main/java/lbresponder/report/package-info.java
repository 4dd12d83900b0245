/// The diagnosis as plain data, and as JSON. Presentation for one channel belongs to that channel.
@NullMarked
package lbresponder.report;

import org.jspecify.annotations.NullMarked;
