/**
 * Reads a running cluster, and changes nothing in it: {@link dev.holdfast.kube.KubeConfigFile} finds server and credentials as kubectl does,
 * {@link dev.holdfast.kube.KubeClient} lists objects page by page. It knows one verb, {@code list}, and the JDK's own HTTP client.
 */
@NullMarked
package dev.holdfast.kube;

import org.jspecify.annotations.NullMarked;
