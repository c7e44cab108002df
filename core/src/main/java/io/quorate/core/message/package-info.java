/** What controllers and workers say to each other. */
@NullMarked
package io.quorate.core.message;

import org.jspecify.annotations.NullMarked;
