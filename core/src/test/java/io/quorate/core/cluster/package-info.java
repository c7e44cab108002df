/** Tests of what the parts of a cluster are named by. */
@NullMarked
package io.quorate.core.cluster;

import org.jspecify.annotations.NullMarked;
