/// Repairs as commands of the AWS CLI, and where in the console to look; nothing here makes a call.
@NullMarked
package lbresponder.aws.repair;

import org.jspecify.annotations.NullMarked;
