/// The Lambda functions and their settings: wiring only.
@NullMarked
package lbresponder;

import org.jspecify.annotations.NullMarked;
