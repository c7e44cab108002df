/** Tests of watches over many partitions. */
@NullMarked
package io.quorate.core.watch;

import org.jspecify.annotations.NullMarked;
