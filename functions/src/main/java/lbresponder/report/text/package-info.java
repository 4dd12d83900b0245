/// The report as text of fixed width, and a load balancer's wiring as a tree.
@NullMarked
package lbresponder.report.text;

import org.jspecify.annotations.NullMarked;
