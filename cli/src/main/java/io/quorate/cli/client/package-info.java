/** What the command line asks a running cluster over HTTP. */
@NullMarked
package io.quorate.cli.client;

import org.jspecify.annotations.NullMarked;
