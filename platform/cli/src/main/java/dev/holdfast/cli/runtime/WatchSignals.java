package dev.holdfast.cli.runtime;

import dev.holdfast.watch.LiveRules;
import dev.holdfast.watch.source.EventSource;
import java.lang.reflect.Proxy;

/** What a watching program does when it is told to end, or to read its rules again. */
final class WatchSignals {
    private static final long PATIENCE_MILLIS = 15_000;

    private WatchSignals() {}

    /** From now on the end of the program ends the source first, so that all is written. */
    static void stopping(EventSource source) {
        Thread watching = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            source.stop();
            try {
                watching.join(PATIENCE_MILLIS);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    /** From now on SIGHUP has the rules and then the response policy read again, as other daemons do it. Where the system has no such signal, nothing changes. */
    static void reloading(LiveRules rules, WatchResponse response) {
        try {
            // Asked for by its name, as the compiler takes its mere mention for a fault.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object reload = Proxy.newProxyInstance(
                    WatchSignals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        rules.reload();
                        response.reload(rules.get().rules());
                        return self;
                    });
            Object hangUp = signal.getConstructor(String.class).newInstance("HUP");
            signal.getMethod("handle", signal, handler).invoke(null, hangUp, reload);
        } catch (ReflectiveOperationException unknown) {
            // no such signal here, or the virtual machine keeps it for itself
        }
    }
}
