/// CloudWatch alarms, in whichever way they travel: which load balancers they are about.
@NullMarked
package lbresponder.aws.alarm;

import org.jspecify.annotations.NullMarked;
