/** The words that every part of Quorate shares: bytes, keys, revisions, records, outcomes and errors. */
@NullMarked
package io.quorate.api;

import org.jspecify.annotations.NullMarked;
