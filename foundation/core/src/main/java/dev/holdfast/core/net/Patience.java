package dev.holdfast.core.net;

import java.time.Duration;

/**
 * How long to wait for servers.
 *
 * @param attempts how often one request is tried
 * @param firstWait before the second attempt; doubled before each further one
 * @param mostWait longest wait between attempts, whatever a server asks for
 * @param silence after how long without a byte a connection is given up
 */
public record Patience(int attempts, Duration firstWait, Duration mostWait, Duration silence) {
    /** Four attempts over about half a minute; a server that says nothing for a minute is gone. */
    public static final Patience USUAL =
            new Patience(4, Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(60));

    /** How long to wait before trying again after this many attempts. */
    public Duration before(int attempt) {
        Duration wait = firstWait.multipliedBy(1L << Math.min(20, attempt - 1));
        return wait.compareTo(mostWait) > 0 ? mostWait : wait;
    }
}
