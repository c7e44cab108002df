/** The settings of controller and worker: their names, ranges and defaults, and where their values come from. */
@NullMarked
package io.quorate.server.config;

import org.jspecify.annotations.NullMarked;
