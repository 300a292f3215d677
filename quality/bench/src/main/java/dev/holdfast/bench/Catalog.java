package dev.holdfast.bench;

import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.Cataloger;
import dev.holdfast.oci.FileContent;
import java.io.IOException;
import java.util.Optional;

/** Runs a cataloger over a file in memory. */
final class Catalog {
    private Catalog() {}

    static int count(Cataloger cataloger, String path, byte[] bytes) throws InputException, IOException {
        int[] count = {0};
        cataloger.catalog(
                new Cataloger.RecordFile(
                        path, new Bytes(bytes), Limits.DEFAULT, new Gaps(), beside -> Optional.empty()),
                found -> count[0]++);
        return count[0];
    }

    private record Bytes(byte[] all) implements FileContent {
        @Override
        public long size() {
            return all.length;
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) {
            int count = (int) Math.max(0, Math.min(length, all.length - position));
            System.arraycopy(all, (int) Math.min(position, all.length), target, offset, count);
            return count;
        }
    }
}
