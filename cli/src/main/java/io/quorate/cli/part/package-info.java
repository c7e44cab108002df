/** A controller or a worker as something that is started, told to stop, and says when it cannot go on. */
@NullMarked
package io.quorate.cli.part;

import org.jspecify.annotations.NullMarked;
