@NullMarked
package lbresponder.aws.admin;

import org.jspecify.annotations.NullMarked;
