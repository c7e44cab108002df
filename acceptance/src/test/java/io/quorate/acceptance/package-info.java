/** Tests of the whole product, and of the rules that its source keeps. */
@NullMarked
package io.quorate.acceptance;

import org.jspecify.annotations.NullMarked;
