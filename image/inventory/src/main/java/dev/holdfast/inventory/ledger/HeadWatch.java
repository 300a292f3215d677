package dev.holdfast.inventory.ledger;

import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileVersion;
import dev.holdfast.oci.Watch;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Looks at the head of every file while the layers are read, so that nothing is read twice to tell what it is. */
final class HeadWatch implements Watch {
    /** Enough for every beginning that is known, and to tell text from other bytes. */
    private static final int HEAD = 512;

    private final Map<Integer, Map<String, Nature>> layers = new ConcurrentHashMap<>();

    @Override
    public LayerWatch over(int layer) {
        Map<String, Nature> natures = new HashMap<>();
        layers.put(layer, natures);
        return new OfLayer(natures);
    }

    /** Empty for what has no content of its own in its layer, such as a hard link. */
    Optional<Nature> nature(FileVersion file) {
        return Optional.ofNullable(layers.getOrDefault(file.layer(), Map.of()).get(file.path()));
    }

    /** Owned by the thread that reads the layer, until all are read. */
    private static final class OfLayer implements LayerWatch {
        private final Map<String, Nature> natures;
        private final byte[] head = new byte[HEAD];
        private String path = "";
        private int length;

        OfLayer(Map<String, Nature> natures) {
            this.natures = natures;
        }

        @Override
        public void begin(String file, FileHeader header) {
            path = file;
            length = 0;
        }

        @Override
        public void content(byte[] bytes, int offset, int count) {
            int more = Math.min(count, HEAD - length);
            if (more > 0) {
                System.arraycopy(bytes, offset, head, length, more);
                length += more;
            }
        }

        @Override
        public void end() {
            natures.put(path, length == 0 ? Nature.EMPTY : Nature.of(path, head, length));
        }
    }
}
