@NullMarked
package dev.holdfast.access.paths;

import org.jspecify.annotations.NullMarked;
