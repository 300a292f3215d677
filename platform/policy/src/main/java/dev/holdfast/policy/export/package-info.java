/**
 * What Holdfast asks of pods, written for the API server itself: the controls of the Pod Security Standards and those of our checks that CEL
 * can say, as ValidatingAdmissionPolicies with their bindings. {@link dev.holdfast.policy.export.PolicyExporter} makes them of an
 * {@link dev.holdfast.policy.export.ExportRequest}; what they cannot say it names.
 */
@NullMarked
package dev.holdfast.policy.export;

import org.jspecify.annotations.NullMarked;
