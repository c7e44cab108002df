/** What the controllers have decided: records, the state they make, and the bytes that both are kept in. */
@NullMarked
package io.quorate.core.controller.state;

import org.jspecify.annotations.NullMarked;
