/** The pure core: input and state go in, new state and effects come out, and nothing else happens. */
@NullMarked
package io.quorate.core;

import org.jspecify.annotations.NullMarked;
