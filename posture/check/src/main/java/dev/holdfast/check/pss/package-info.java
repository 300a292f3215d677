/**
 * The Pod Security Standards as the admission of Kubernetes applies them, from v1.0 to {@link
 * dev.holdfast.check.pss.PodSecurityVersion#NEWEST}. {@link dev.holdfast.check.pss.PodSecurity} asks a pod the {@link
 * dev.holdfast.check.pss.Control}s of a level and version; what it says is, word for word, what the server says.
 */
@NullMarked
package dev.holdfast.check.pss;

import org.jspecify.annotations.NullMarked;
