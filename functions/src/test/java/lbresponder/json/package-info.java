@NullMarked
package lbresponder.json;

import org.jspecify.annotations.NullMarked;
