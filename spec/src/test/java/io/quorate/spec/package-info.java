/** Runs the models of the specification in the model checker TLC. */
@NullMarked
package io.quorate.spec;

import org.jspecify.annotations.NullMarked;
