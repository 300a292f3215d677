/**
 * Why something is reported, or why not: {@link dev.holdfast.scan.explain.Explainer} tells everything that was weighed about one flaw,
 * {@link dev.holdfast.scan.explain.SecretExplainer} about one kind of secret.
 */
@NullMarked
package dev.holdfast.scan.explain;

import org.jspecify.annotations.NullMarked;
