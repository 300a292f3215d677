package dev.holdfast.inventory;

import dev.holdfast.oci.FileType;
import dev.holdfast.oci.FileVersion;
import java.util.List;

/**
 * One record file to be read by one cataloger.
 *
 * @param told the path that the cataloger knows it by; a link's own when the file was reached over one
 * @param path where the file stands in the tree
 * @param history every version that layers held of it, oldest first
 */
record Reading(Cataloger cataloger, String told, String path, List<FileVersion> history) {
    Reading {
        history = List.copyOf(history);
    }

    /** What there is to read at most, for sharing the work out. */
    long bytes() {
        long sum = 0;
        for (FileVersion version : history) {
            sum += version.type() == FileType.REGULAR ? version.size() : 0;
        }
        return sum;
    }
}
