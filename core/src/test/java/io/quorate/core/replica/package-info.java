/** Tests of the replicas: scenarios that drive production cores by hand, and the pieces one by one. */
@NullMarked
package io.quorate.core.replica;

import org.jspecify.annotations.NullMarked;
