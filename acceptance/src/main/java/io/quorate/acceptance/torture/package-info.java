/** A run of faults against a cluster of real processes, and what has to hold all the while and afterwards. */
@NullMarked
package io.quorate.acceptance.torture;

import org.jspecify.annotations.NullMarked;
