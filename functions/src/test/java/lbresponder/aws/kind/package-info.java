@NullMarked
package lbresponder.aws.kind;

import org.jspecify.annotations.NullMarked;
