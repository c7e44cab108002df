/** Tests of the controller: scenarios on a stage of fake workers, and the rules of the decided state. */
@NullMarked
package io.quorate.core.controller;

import org.jspecify.annotations.NullMarked;
