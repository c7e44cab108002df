/** What the core's surroundings implement or call: each has a production, an in-memory and a faulty form. */
@NullMarked
package io.quorate.core.port;

import org.jspecify.annotations.NullMarked;
