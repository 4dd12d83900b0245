@NullMarked
package lbresponder.channel;

import org.jspecify.annotations.NullMarked;
