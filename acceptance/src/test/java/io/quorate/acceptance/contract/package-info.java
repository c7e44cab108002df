/** Whether what a process answers is what its OpenAPI document says. */
@NullMarked
package io.quorate.acceptance.contract;

import org.jspecify.annotations.NullMarked;
