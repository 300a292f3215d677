@NullMarked
package dev.holdfast.kube;

import org.jspecify.annotations.NullMarked;
