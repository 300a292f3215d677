package dev.holdfast.sensor.feed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The control groups that belong to no container, as the kernel's programs look them up: {@value #PLACES} places of two numbers of groups each, 0
 * for none, in the order of the machine. A group's place follows from its number. Where two are already, the older one makes room: then its
 * events are told although nobody needs them.
 */
final class HostGroups {
    private static final int PLACE_BITS = 12;
    private static final int PLACES = 1 << PLACE_BITS;
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private final long[] newer = new long[PLACES];
    private final long[] older = new long[PLACES];

    /** Where a group is looked for. */
    static int place(long group) {
        return (int) (group * SPREAD >>> 64 - PLACE_BITS);
    }

    /** Takes a group in; returns whether its place changed. */
    boolean add(long group) {
        int place = place(group);
        if (group == 0 || newer[place] == group || older[place] == group) {
            return false;
        }
        if (newer[place] != 0) {
            older[place] = newer[place];
        }
        newer[place] = group;
        return true;
    }

    /** Takes a group out; returns whether its place changed. */
    boolean remove(long group) {
        int place = place(group);
        if (group == 0 || (newer[place] != group && older[place] != group)) {
            return false;
        }
        if (newer[place] == group) {
            newer[place] = older[place];
        }
        older[place] = 0;
        return true;
    }

    /** What a place holds. */
    byte[] at(int place) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(newer[place])
                .putLong(older[place])
                .array();
    }
}
