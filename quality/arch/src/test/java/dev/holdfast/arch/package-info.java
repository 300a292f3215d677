/** The plan of the house ({@code docs/architecture.md}) as tests over the compiled classes of every room. */
@NullMarked
package dev.holdfast.arch;

import org.jspecify.annotations.NullMarked;
