/**
 * The binary forms of what is stored and sent, one class for each format version and family.
 *
 * <p>Every encoding begins with its format version. None carries a checksum of its own: the blocks of the log, the
 * frames of a link and the files of a store, in which they lie, do.
 */
@NullMarked
package io.quorate.core.wire;

import org.jspecify.annotations.NullMarked;
