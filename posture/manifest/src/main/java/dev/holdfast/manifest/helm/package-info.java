/**
 * Helm charts rendered, as {@code helm template} does it, without Helm: {@link dev.holdfast.manifest.helm.ChartRenderer} takes a folder or
 * archive and gives the objects of its templates, each value with its line in the template and the key of the value that it came from.
 * {@link dev.holdfast.manifest.helm.ChartReader} reads a chart, {@link dev.holdfast.manifest.helm.Requirements} decides which sub-charts
 * take part, {@link dev.holdfast.manifest.helm.Coalescing} puts the values together; the language and its functions have packages of their
 * own. Nothing outside of the chart is read, nothing is fetched, run or written.
 */
@NullMarked
package dev.holdfast.manifest.helm;

import org.jspecify.annotations.NullMarked;
