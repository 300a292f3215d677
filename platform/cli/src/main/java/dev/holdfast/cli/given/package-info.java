/**
 * What is given on the command line alike for several commands: the target of a scan and where images come from, what is to be checked,
 * policies, and the exceptions from findings of each kind. A {@code Given…} declares its options and reads them.
 */
@NullMarked
package dev.holdfast.cli.given;

import org.jspecify.annotations.NullMarked;
