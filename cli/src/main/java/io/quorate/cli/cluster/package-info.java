/** A cluster of one folder: what it was created with, its parts, and how they are told to stop and start. */
@NullMarked
package io.quorate.cli.cluster;

import org.jspecify.annotations.NullMarked;
