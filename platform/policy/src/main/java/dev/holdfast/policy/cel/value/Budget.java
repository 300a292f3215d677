package dev.holdfast.policy.cel.value;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What evaluations may cost, in the units of cel-go: about one for each variable, field and call, a tenth for each character that is walked
 * over. The server gives one expression {@value #PER_EXPRESSION} and a policy {@value #PER_POLICY}. Time is bounded too, for what a unit does
 * not measure well.
 *
 * <p>Owned by one thread.
 */
public final class Budget {
    static final long PER_EXPRESSION = 1_000_000;
    static final long PER_POLICY = 10_000_000;

    /** A policy that needs longer is no policy for admission; a million units take some ten milliseconds. */
    public static final Duration USUAL_TIME = Duration.ofSeconds(2);

    /** How many units pass between two looks at the clock, which costs 25 ns. */
    private static final long UNITS_A_LOOK = 4_096;

    /** How many elements one evaluation may meet while it walks over values that hold values; a few variables can make a trillion. */
    private static final long MOST_STEPS = 5_000_000;

    /** The budget of the evaluation that runs on a thread, for functions that walk over values. */
    private static final ThreadLocal<Budget> RUNNING = new ThreadLocal<>();

    private final LongSupplier nanoClock;
    private final long deadline;
    private long left;
    private long spent;
    private long limit;
    private long nextLook;
    private long steps;

    public Budget(Duration time) {
        this(time, System::nanoTime);
    }

    /** @param nanoClock tells the time as {@link System#nanoTime} does */
    public Budget(Duration time, LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.deadline = nanoClock.getAsLong() + time.toNanos();
        this.left = PER_POLICY;
    }

    /** Begins an expression. */
    public void begin() {
        limit = Math.min(PER_EXPRESSION, left);
        spent = 0;
        steps = 0;
        RUNNING.set(this);
        nextLook = UNITS_A_LOOK;
    }

    /** Ends an expression: what it spent is gone for those that follow. */
    public void end() {
        left -= Math.min(left, spent);
        RUNNING.remove();
    }

    /** Whether nothing is left for further expressions. */
    public boolean isUsedUp() {
        return left <= 0;
    }

    /** Counts an element that a function meets; their number is bounded, because walking is not always paid for by its size. */
    public static void step() throws Fault.Exhausted {
        Budget running = RUNNING.get();
        if (running != null && ++running.steps > MOST_STEPS) {
            throw new Fault.Exhausted("operation cancelled: values hold more than " + MOST_STEPS + " elements");
        }
    }

    public void spend(long units) throws Fault.Exhausted {
        spent += units;
        if (spent > limit) {
            throw new Fault.Exhausted("operation cancelled: actual cost limit exceeded");
        }
        if (spent >= nextLook) {
            nextLook = spent + UNITS_A_LOOK;
            if (nanoClock.getAsLong() - deadline > 0) {
                throw new Fault.Exhausted("operation cancelled: deadline exceeded");
            }
        }
    }
}
