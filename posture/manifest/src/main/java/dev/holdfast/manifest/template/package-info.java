/**
 * The template language of Go ({@code text/template}), read and run by ourselves: {@link dev.holdfast.manifest.template.TemplateParser} turns
 * a text into {@link dev.holdfast.manifest.template.Piece}s, {@link dev.holdfast.manifest.template.Evaluation} runs them against values and
 * writes a {@link dev.holdfast.manifest.template.Sheet}, which knows of every character where it comes from. Templates are hostile: a
 * {@link dev.holdfast.manifest.template.Budget} bounds steps, memory, depth and time. Functions beyond the language's own are handed in.
 */
@NullMarked
package dev.holdfast.manifest.template;

import org.jspecify.annotations.NullMarked;
