/** Who can do what in a cluster, from its RBAC objects. */
@NullMarked
package dev.holdfast.access;

import org.jspecify.annotations.NullMarked;
