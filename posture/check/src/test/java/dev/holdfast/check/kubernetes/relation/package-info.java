@NullMarked
package dev.holdfast.check.kubernetes.relation;

import org.jspecify.annotations.NullMarked;
