/** A whole cluster in one thread under virtual time, driven by one seed. */
@NullMarked
package io.quorate.simulation;

import org.jspecify.annotations.NullMarked;
