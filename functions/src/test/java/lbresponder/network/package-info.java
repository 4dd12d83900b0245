@NullMarked
package lbresponder.network;

import org.jspecify.annotations.NullMarked;
