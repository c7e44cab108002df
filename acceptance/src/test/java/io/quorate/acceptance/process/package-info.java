/** Tests of whole clusters whose parts are processes, started from the distribution as a person would. */
@NullMarked
package io.quorate.acceptance.process;

import org.jspecify.annotations.NullMarked;
