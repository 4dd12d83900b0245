/// Text and JSON that anybody may have written: read field by field, with an exact sentence for
/// whatever is wrong, and cleaned in one place before it is shown.
@NullMarked
package lbresponder.message;

import org.jspecify.annotations.NullMarked;
