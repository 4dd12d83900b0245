/// The SDK's clients, the credentials they are given, and calls made side by side under one
/// deadline.
@NullMarked
package lbresponder.aws.sdk;

import org.jspecify.annotations.NullMarked;
