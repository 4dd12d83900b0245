/// The vocabulary: what is known of a load balancer, its targets and the network between them.
/// Plain data without a provider's types, so that every check works for every provider.
@NullMarked
package lbresponder.facts;

import org.jspecify.annotations.NullMarked;
