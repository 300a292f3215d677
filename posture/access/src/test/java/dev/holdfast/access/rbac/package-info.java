@NullMarked
package dev.holdfast.access.rbac;

import org.jspecify.annotations.NullMarked;
