/** The controller's decisions and what it needs from outside to make them. */
@NullMarked
package io.quorate.core.controller;

import org.jspecify.annotations.NullMarked;
