/** What is looked for in objects of the Kubernetes API. */
@NullMarked
package dev.holdfast.check.kubernetes;

import org.jspecify.annotations.NullMarked;
