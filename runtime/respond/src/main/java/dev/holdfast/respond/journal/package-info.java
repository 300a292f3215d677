/**
 * What was done, on whose word, and what became of it, as lines that hold together: {@link dev.holdfast.respond.journal.Journal} writes them down
 * before and after each deed, {@link dev.holdfast.respond.journal.History} is what they say.
 */
@NullMarked
package dev.holdfast.respond.journal;

import org.jspecify.annotations.NullMarked;
