/// Where answers are posted. How a message looks there, and what its limits are, is decided here.
@NullMarked
package lbresponder.channel;

import org.jspecify.annotations.NullMarked;
