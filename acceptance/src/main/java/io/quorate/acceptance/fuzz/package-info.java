/** Requests made at random against a cluster, and what has to hold of the answers. */
@NullMarked
package io.quorate.acceptance.fuzz;

import org.jspecify.annotations.NullMarked;
