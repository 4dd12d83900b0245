@NullMarked
package lbresponder.infra;

import org.jspecify.annotations.NullMarked;
