/** Holdfast at the door of a real API server of Kubernetes, which these tests build and start. */
@NullMarked
package dev.holdfast.it.kube;

import org.jspecify.annotations.NullMarked;
