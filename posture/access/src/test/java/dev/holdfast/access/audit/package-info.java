@NullMarked
package dev.holdfast.access.audit;

import org.jspecify.annotations.NullMarked;
