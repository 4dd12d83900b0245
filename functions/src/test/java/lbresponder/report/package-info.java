@NullMarked
package lbresponder.report;

import org.jspecify.annotations.NullMarked;
