/**
 * Credentials that were left where others can read them. {@link dev.holdfast.secrets.SecretScanner} is shown bytes: files as they pass by
 * while a layer is read, and the texts of an image's configuration. Their way through the rooms:
 *
 * <ol>
 *   <li>{@link dev.holdfast.secrets.FileScan} takes a file and tells from its first bytes what it is; an archive is unfolded on the way by
 *       {@link dev.holdfast.secrets.unfold}, and its files begin here again;
 *   <li>{@link dev.holdfast.secrets.place} says what the path tells: settings, source or prose, and whose;
 *   <li>{@link dev.holdfast.secrets.search} looks through the bytes once: the prefilter of {@link dev.holdfast.secrets.catalogue} finds the
 *       few places where one of the kinds may begin, names that say "password" among them;
 *   <li>there its shape must fit, its proof must hold where the format has one, {@link dev.holdfast.secrets.key} must parse it if it is a
 *       key, and {@link dev.holdfast.secrets.sense} must not find that it is a placeholder, a reference or a published sample.
 * </ol>
 *
 * <p>Out comes a {@link dev.holdfast.secrets.Secret}: kind, place, length and a keyed {@link dev.holdfast.secrets.Fingerprint}, and never
 * the value.
 */
@NullMarked
package dev.holdfast.secrets;

import org.jspecify.annotations.NullMarked;
