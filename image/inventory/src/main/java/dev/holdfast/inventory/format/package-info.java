/**
 * The texts that lock files are written in. {@link dev.holdfast.inventory.format.YamlCursor} walks a YAML document, {@link dev.holdfast.inventory.format.XmlTags} the tags of an
 * XML document, {@link dev.holdfast.inventory.format.TextLines} the lines of any text. All know on which line they are, stop at limits,
 * and are loaded only when there is such a file. JSON is read by {@link dev.holdfast.core.json.JsonCursor}, TOML by
 * {@link dev.holdfast.core.toml.Toml}.
 */
@NullMarked
package dev.holdfast.inventory.format;

import org.jspecify.annotations.NullMarked;
