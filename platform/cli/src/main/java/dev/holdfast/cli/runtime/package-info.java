/**
 * {@code watch}, {@code rules …} and {@code respond …}. {@link dev.holdfast.cli.runtime.WatchCommand} brings together where events come from
 * ({@link dev.holdfast.cli.runtime.WatchSources}), the rules, where alerts go ({@link dev.holdfast.cli.runtime.WatchSinks}) and what is done
 * about them ({@link dev.holdfast.cli.runtime.WatchResponse}). Rule files are read alike by all {@code rules} commands ({@link
 * dev.holdfast.cli.runtime.GivenRules}); what the {@code respond} commands share is {@link dev.holdfast.cli.runtime.Responding}.
 */
@NullMarked
package dev.holdfast.cli.runtime;

import org.jspecify.annotations.NullMarked;
