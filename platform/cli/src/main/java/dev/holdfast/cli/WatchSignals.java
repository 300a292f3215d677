package dev.holdfast.cli;

import dev.holdfast.watch.LiveRules;
import dev.holdfast.watch.source.EventSource;
import java.lang.reflect.Proxy;

/** What a watching program does when it is told to end, or to read its rules again. */
final class WatchSignals {
    private static final long PATIENCE_MILLIS = 15_000;

    private WatchSignals() {}

    /** From now on the end of the program ends the source first, so that all is written; a hang-up reads the rules again. */
    static void stopping(EventSource source, LiveRules rules) {
        Thread watching = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            source.stop();
            try {
                watching.join(PATIENCE_MILLIS);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }));
        onHangUp(rules::reload);
    }

    /**
     * Asks for a signal by the JDK's own class for them, which every JDK has and no interface names: by reflection, since the compiler
     * warns of its name in a way that cannot be answered.
     */
    private static void onHangUp(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object answering = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        action.run();
                        return proxy;
                    });
            Object hangUp = signal.getConstructor(String.class).newInstance("HUP");
            signal.getMethod("handle", signal, handler).invoke(signal, hangUp, answering);
        } catch (ReflectiveOperationException | IllegalArgumentException none) {
            // A system without this signal: files are looked at all the same.
        }
    }
}
