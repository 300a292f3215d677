/**
 * Cutting control groups off the network: {@link dev.holdfast.sensor.network.NetworkCut} loads the programs of {@code respond.bpf.c}, attaches
 * them for good, reads what they did, and takes them out again.
 */
@NullMarked
package dev.holdfast.sensor.network;

import org.jspecify.annotations.NullMarked;
