/// The AWS provider: reads alarms, gathers facts through the SDK, writes repairs as AWS CLI
/// commands. The SDK's types stay in here.
@NullMarked
package lbresponder.aws;

import org.jspecify.annotations.NullMarked;
