/** The language of runtime rules, as Falco's rule files are written in it: parser, compiler and evaluation. No natives. */
@NullMarked
package dev.holdfast.rules;

import org.jspecify.annotations.NullMarked;
