package dev.holdfast.oci.column;

import java.util.SplittableRandom;

/**
 * From numbers to numbers, for the few nodes of a tree that have what most have not. Open addressing with linear probing, at most half
 * full, keyed with a number that changes with each map: whoever makes an image cannot choose nodes that collide.
 *
 * <p>Owned by one thread until it is complete.
 */
public final class IntMap {
    /** What a number leads to that leads nowhere. */
    public static final int NONE = -1;

    private final long secret = new SplittableRandom().nextLong() | 1;
    /** Key + 1, or 0. */
    private int[] keys = new int[64];

    private int[] values = new int[64];
    private int count;

    /** @param key not negative */
    public int get(int key) {
        int slot = slotOf(key);
        return keys[slot] == 0 ? NONE : values[slot];
    }

    /** @param key not negative */
    public void put(int key, int value) {
        int slot = slotOf(key);
        values[slot] = value;
        if (keys[slot] == 0) {
            keys[slot] = key + 1;
            count++;
            if (count > keys.length / 2) {
                rehash();
            }
        }
    }

    private int slotOf(int key) {
        int mask = keys.length - 1;
        long product = (key + 1L) * secret;
        int slot = (int) (product >>> 32 ^ product >>> 15) & mask;
        while (keys[slot] != 0 && keys[slot] != key + 1) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void rehash() {
        int[] oldKeys = keys;
        int[] oldValues = values;
        keys = new int[oldKeys.length * 2];
        values = new int[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = slotOf(oldKeys[i] - 1);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
