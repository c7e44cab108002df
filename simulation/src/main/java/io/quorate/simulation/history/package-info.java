/** What clients asked and were told, and whether one order of it explains every answer. */
@NullMarked
package io.quorate.simulation.history;

import org.jspecify.annotations.NullMarked;
