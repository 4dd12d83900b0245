@NullMarked
package lbresponder.report.text;

import org.jspecify.annotations.NullMarked;
