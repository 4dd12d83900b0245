@NullMarked
package lbresponder.report.page;

import org.jspecify.annotations.NullMarked;
