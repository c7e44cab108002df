/** Scans over many partitions, put together from the pages of each. */
@NullMarked
package io.quorate.core.scan;

import org.jspecify.annotations.NullMarked;
