/// Reads everything about an incident through the SDK, in as few dependent steps as there can be,
/// and maps it to the vocabulary.
@NullMarked
package lbresponder.aws.read;

import org.jspecify.annotations.NullMarked;
