@NullMarked
package lbresponder.aws.alarm;

import org.jspecify.annotations.NullMarked;
