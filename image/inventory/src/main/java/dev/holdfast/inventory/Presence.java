package dev.holdfast.inventory;

/**
 * A package in a record file, over the layers.
 *
 * @param path the record file
 * @param layer the layer that brought it: the first of those, up to the last that has it, between which it never was absent
 * @param removedIn the layer after which it was absent; {@link #STAYS} when it is there at the end
 */
record Presence(PackageRecord record, String path, int layer, int removedIn) {
    static final int STAYS = -1;

    boolean isInstalled() {
        return removedIn == STAYS;
    }
}
