/**
 * Credentials that were left where others can read them. {@link dev.holdfast.secrets.SecretScanner} is shown bytes: files as they pass by
 * while a layer is read, and the texts of an image's configuration. One pass of {@link dev.holdfast.secrets.Prefilter} over all bytes
 * finds the few places where one of the {@link dev.holdfast.secrets.Kinds} may begin; there its {@link dev.holdfast.secrets.Shape} must
 * fit, its {@link dev.holdfast.secrets.Proof} must hold where the format has one, and nothing may say that it is a placeholder, a
 * reference or a published sample. Names that say "password" are looked at by {@link dev.holdfast.secrets.Assignments}, keys and
 * keystores are parsed, archives are unfolded on the way.
 *
 * <p>Out comes a {@link dev.holdfast.secrets.Secret}: kind, place, length and a keyed fingerprint, and never the value.
 */
@NullMarked
package dev.holdfast.secrets;

import org.jspecify.annotations.NullMarked;
