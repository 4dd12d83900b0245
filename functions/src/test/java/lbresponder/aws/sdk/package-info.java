@NullMarked
package lbresponder.aws.sdk;

import org.jspecify.annotations.NullMarked;
