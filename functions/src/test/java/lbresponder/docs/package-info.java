/// The documents and the manual page: what they list is what the code has.
@NullMarked
package lbresponder.docs;

import org.jspecify.annotations.NullMarked;
