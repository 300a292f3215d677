@NullMarked
package dev.holdfast.policy.cel;

import org.jspecify.annotations.NullMarked;
