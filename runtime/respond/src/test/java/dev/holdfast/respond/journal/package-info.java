@NullMarked
package dev.holdfast.respond.journal;

import org.jspecify.annotations.NullMarked;
