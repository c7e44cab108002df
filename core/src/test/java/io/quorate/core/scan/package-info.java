/** Tests of scans over many partitions. */
@NullMarked
package io.quorate.core.scan;

import org.jspecify.annotations.NullMarked;
