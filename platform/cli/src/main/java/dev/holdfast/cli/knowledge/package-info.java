/**
 * {@code db …}, {@code base …} and {@code cache …}: what answers are based on is fetched, compiled, carried, described and forgotten here.
 */
@NullMarked
package dev.holdfast.cli.knowledge;

import org.jspecify.annotations.NullMarked;
