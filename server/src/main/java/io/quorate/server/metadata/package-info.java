/** The controllers' metadata log, kept by one Apache Ratis group of 1, 3 or 5 controllers. */
@NullMarked
package io.quorate.server.metadata;

import org.jspecify.annotations.NullMarked;
