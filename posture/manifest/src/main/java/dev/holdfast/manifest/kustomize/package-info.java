/**
 * Kustomize overlays rendered, as {@code kubectl kustomize} does it. {@link dev.holdfast.manifest.kustomize.Kustomizer} takes a folder and
 * gives the objects that its {@code kustomization.yaml} makes of its bases, patches and generators; nothing is fetched, run or written.
 * {@link dev.holdfast.manifest.kustomize.Build} is the order of the steps of one folder, each step a class of its own.
 */
@NullMarked
package dev.holdfast.manifest.kustomize;

import org.jspecify.annotations.NullMarked;
