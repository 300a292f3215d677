/**
 * The functions that Helm adds to templates: its own and those of the sprig library. What is random there (keys, certificates, passwords) is
 * a fixed text here, because the same input gives the same answer; what asks the machine or the network is not offered, as Helm does not.
 * {@link dev.holdfast.manifest.helm.functions.HelmFunctions} puts them together.
 */
@NullMarked
package dev.holdfast.manifest.helm.functions;

import org.jspecify.annotations.NullMarked;
