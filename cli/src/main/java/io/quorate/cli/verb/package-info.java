/** The verbs of the command line, one class each. */
@NullMarked
package io.quorate.cli.verb;

import org.jspecify.annotations.NullMarked;
