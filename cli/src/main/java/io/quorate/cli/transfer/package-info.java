/** Keys and values on their way out of a cluster into files, and from files into a cluster. */
@NullMarked
package io.quorate.cli.transfer;

import org.jspecify.annotations.NullMarked;
