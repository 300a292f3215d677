package dev.holdfast.manifest.template;

import java.util.Optional;

/**
 * What a template wrote.
 *
 * @param trace where its pieces come from; empty when it wrote nothing
 */
public record Written(String text, Optional<Trace> trace) {}
