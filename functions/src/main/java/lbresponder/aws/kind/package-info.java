/// The kinds of load balancer that are covered: how each behaves, and which metrics it has.
@NullMarked
package lbresponder.aws.kind;

import org.jspecify.annotations.NullMarked;
