/** A whole cluster in one thread under virtual time: everything that happens follows from one seed. */
@NullMarked
package io.quorate.simulation;

import org.jspecify.annotations.NullMarked;
