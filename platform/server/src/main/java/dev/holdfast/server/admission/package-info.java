/**
 * Decides what a cluster is asked to admit. {@link dev.holdfast.server.admission.ReviewReader} reads the API server's question,
 * {@link dev.holdfast.server.admission.Judge} decides by the Pod Security Standards, our checks and the user's policies, and
 * {@link dev.holdfast.server.admission.ReviewWriter} writes an answer that the API server takes. Nothing here speaks to the network.
 */
@NullMarked
package dev.holdfast.server.admission;

import org.jspecify.annotations.NullMarked;
