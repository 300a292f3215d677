/**
 * Which kinds of credentials there are. {@link dev.holdfast.secrets.catalogue.Kinds} reads them from {@code kinds.txt}: each {@link
 * dev.holdfast.secrets.catalogue.Kind} has a {@link dev.holdfast.secrets.catalogue.Shape}, perhaps a {@link
 * dev.holdfast.secrets.catalogue.Proof}, and examples of both sides ({@link dev.holdfast.secrets.catalogue.Examples} fills them). {@link
 * dev.holdfast.secrets.catalogue.Catalogue} makes them ready for use, with one {@link dev.holdfast.secrets.catalogue.Prefilter} for all.
 */
@NullMarked
package dev.holdfast.secrets.catalogue;

import org.jspecify.annotations.NullMarked;
