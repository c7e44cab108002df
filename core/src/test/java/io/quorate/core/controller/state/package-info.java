/** Tests of the decided state: which records count, and in which bytes they are kept. */
@NullMarked
package io.quorate.core.controller.state;

import org.jspecify.annotations.NullMarked;
