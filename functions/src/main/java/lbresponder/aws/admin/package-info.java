/// What whoever deploys and looks after a responder asks of AWS: permissions, inventory, heartbeat.
@NullMarked
package lbresponder.aws.admin;

import org.jspecify.annotations.NullMarked;
