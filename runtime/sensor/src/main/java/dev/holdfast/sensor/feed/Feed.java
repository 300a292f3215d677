package dev.holdfast.sensor.feed;

import dev.holdfast.sensor.event.Wishes;
import dev.holdfast.sensor.libbpf.Ring;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A series of records as {@link dev.holdfast.sensor.event.KernelEvent} reads them. Owned by one thread. */
public interface Feed extends AutoCloseable {
    /** Changes which system calls are reported. */
    void want(Wishes wanted) throws IOException;

    /** A control group belongs to no container, for certain: what is not wanted of the host need not be reported of it. */
    default void leaveOut(long cgroup) {
        // where events are not chosen by who does it
    }

    /** A control group is not left out any more. */
    default void takeIn(long cgroup) {
        // nothing is left out
    }

    /** Begins to report; what happens from now on is not missed. */
    void begin() throws IOException;

    /** Hands over what is there, at most so many records; returns how many. */
    int drain(int most, Ring.Reader reader);

    /** Sleeps until there may be a record, at most some milliseconds; {@code isHurried} when somebody waits. */
    void await(boolean isHurried);

    /** How many records were lost since the start; at least so many, where nobody counts them. */
    long lost();

    /** Those of them of which the control group is known, by its id. */
    Map<Long, Long> lostByCgroup();

    /** What this feed cannot see although rules may ask for it, a line for each. */
    List<String> unseen();

    @Override
    void close();
}
