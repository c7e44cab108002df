/** Watches over many partitions, put together from the changes of each, and the places at which they go on. */
@NullMarked
package io.quorate.core.watch;

import org.jspecify.annotations.NullMarked;
