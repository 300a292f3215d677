/**
 * Elixir and Erlang: {@link dev.holdfast.inventory.beam.HexCataloger} reads the lock files of Mix and Rebar.
 */
@NullMarked
package dev.holdfast.inventory.beam;

import org.jspecify.annotations.NullMarked;
