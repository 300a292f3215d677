package dev.holdfast.store;

import java.time.Instant;

/**
 * A scan that somebody wants.
 *
 * @param image its name, with a digest when whoever asked had one
 * @param askedBy who needed it
 * @param attempts how often it was begun, this time included
 * @param lease proof that it is ours to make; empty when nobody makes it
 * @param due when it may be made, or when the lease ends
 * @param problem why it could not be made the last time; empty when that did not happen
 */
public record WantedScan(
        String image, String askedBy, int attempts, String lease, Instant asked, Instant due, String problem) {}
