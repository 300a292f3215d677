@NullMarked
package dev.holdfast.respond.group;

import org.jspecify.annotations.NullMarked;
