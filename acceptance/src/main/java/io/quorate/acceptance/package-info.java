/** What the runs against a cluster of real processes have in common. */
@NullMarked
package io.quorate.acceptance;

import org.jspecify.annotations.NullMarked;
