/// The one JSON form of the vocabulary, and of recorded incidents.
@NullMarked
package lbresponder.json;

import org.jspecify.annotations.NullMarked;
