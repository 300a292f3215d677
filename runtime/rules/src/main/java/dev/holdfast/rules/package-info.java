/**
 * The language of runtime rules, as Falco's rule files are written in it. {@link dev.holdfast.rules.RuleLoader} reads files ({@code load}, {@code
 * syntax}) into {@link dev.holdfast.rules.LoadedRules}, with every problem and its place; {@link dev.holdfast.rules.RuleEngine} compiles the
 * chosen ones ({@code match}, {@code text}) and answers which hold for an {@link dev.holdfast.rules.event.Event}; {@link
 * dev.holdfast.rules.Explainer} says why one does or does not. {@link dev.holdfast.rules.ShippedRules} are our own. Where events come from is
 * not known here.
 */
@NullMarked
package dev.holdfast.rules;

import org.jspecify.annotations.NullMarked;
