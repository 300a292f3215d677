package dev.holdfast.watch.sink;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Messages that wait for a carrier on a thread of its own, so that whoever puts them in never waits. What finds no room, and what the carrier
 * gives up, is lost and counted.
 */
final class Postbox<M> {
    /** Takes a message where it is to go. */
    @FunctionalInterface
    interface Carrier<M> {
        /** Whether it arrived. */
        boolean isDelivered(M message) throws InterruptedException;
    }

    private final BlockingQueue<M> waiting;
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong underWay = new AtomicLong();
    private final Duration ending;
    private final Carrier<M> carrier;
    private final Thread thread;
    private volatile boolean isEnding;

    /**
     * A box that is emptied from now on.
     *
     * @param capacity how many messages may wait
     * @param ending how long what still waits is carried at the end
     */
    Postbox(String name, int capacity, Duration ending, Carrier<M> carrier) {
        this.waiting = new ArrayBlockingQueue<>(capacity);
        this.ending = ending;
        this.carrier = carrier;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::carry);
    }

    Postbox<M> started() {
        thread.start();
        return this;
    }

    void put(M message) {
        underWay.incrementAndGet();
        if (!waiting.offer(message)) {
            underWay.decrementAndGet();
            lost.incrementAndGet();
        }
    }

    private void carry() {
        try {
            while (!isEnding || !waiting.isEmpty()) {
                M message = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (message != null) {
                    if (!carrier.isDelivered(message)) {
                        lost.incrementAndGet();
                    }
                    underWay.decrementAndGet();
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Those that were given up; after the end also those that did not get away. */
    long lost() {
        return lost.get() + (isEnding && !thread.isAlive() ? underWay.get() : 0);
    }

    /** Carries what waits, for a bounded time. */
    void close() {
        isEnding = true;
        try {
            if (!thread.join(ending)) {
                thread.interrupt();
                thread.join(Duration.ofSeconds(1));
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
