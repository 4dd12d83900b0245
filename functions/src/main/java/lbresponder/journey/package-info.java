/// The steps from an alarm's message to an answer in every channel.
@NullMarked
package lbresponder.journey;

import org.jspecify.annotations.NullMarked;
