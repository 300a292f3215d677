package dev.holdfast.manifest.dockerfile;

import dev.holdfast.manifest.text.SourceText;

/**
 * A here-document of an instruction.
 *
 * @param name the word that ends it, without quotes
 * @param isExpanded whether variables in it are expanded: no part of the word was quoted
 * @param isChomped whether leading tabs are taken off: {@code <<-}
 * @param content the lines, each with its line end
 */
public record Heredoc(String name, boolean isExpanded, boolean isChomped, SourceText content) {}
