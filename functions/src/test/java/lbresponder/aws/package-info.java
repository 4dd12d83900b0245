@NullMarked
package lbresponder.aws;

import org.jspecify.annotations.NullMarked;
