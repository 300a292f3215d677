/**
 * Objects of the Kubernetes API as they are written, with places. {@link dev.holdfast.manifest.kubernetes.KubernetesObject#of} unfolds the
 * documents of a file, lists included; {@link dev.holdfast.manifest.kubernetes.PodForm#of} finds the pod that an object is or makes, whatever
 * its kind, and gives its fields as the server would store them.
 */
@NullMarked
package dev.holdfast.manifest.kubernetes;

import org.jspecify.annotations.NullMarked;
