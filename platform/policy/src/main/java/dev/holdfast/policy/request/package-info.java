/**
 * What is decided about: the objects of manifests, and the {@link dev.holdfast.policy.request.Request} to the API server that creating one
 * makes.
 */
@NullMarked
package dev.holdfast.policy.request;

import org.jspecify.annotations.NullMarked;
