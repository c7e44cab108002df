/** The model of a partition's log: entries, the changes they carry and the records that a worker's shared log keeps. */
@NullMarked
package io.quorate.core.log;

import org.jspecify.annotations.NullMarked;
