@NullMarked
package dev.holdfast.manifest.kustomize;

import org.jspecify.annotations.NullMarked;
