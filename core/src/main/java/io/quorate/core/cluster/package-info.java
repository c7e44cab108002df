/** What controllers and workers both know of the cluster: members, configurations, log positions and the map. */
@NullMarked
package io.quorate.core.cluster;

import org.jspecify.annotations.NullMarked;
