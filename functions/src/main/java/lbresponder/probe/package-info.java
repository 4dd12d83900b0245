/// One attempt at a port, and many at once: TCP, then TLS, then a request, on raw sockets. It says
/// what happened and judges nothing; it knows no AWS.
@NullMarked
package lbresponder.probe;

import org.jspecify.annotations.NullMarked;
