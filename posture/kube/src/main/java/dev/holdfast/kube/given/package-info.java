/**
 * The objects of a cluster from wherever they were given: {@link dev.holdfast.kube.given.GivenObjects} goes through files, folders, overlays,
 * standard input and running clusters, and hands every document to an {@link dev.holdfast.kube.given.ObjectSink}.
 */
@NullMarked
package dev.holdfast.kube.given;

import org.jspecify.annotations.NullMarked;
