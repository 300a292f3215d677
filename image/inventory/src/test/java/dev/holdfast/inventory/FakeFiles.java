package dev.holdfast.inventory;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.Cataloger.RecordFile;
import dev.holdfast.oci.FileContent;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.Want;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A few files in memory, for tests of one cataloger. */
public final class FakeFiles {
    private final Map<String, byte[]> files = new TreeMap<>();
    private final Gaps gaps = new Gaps();
    private Limits limits = Limits.DEFAULT;

    public FakeFiles put(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    public FakeFiles put(String path, String content) {
        return put(path, content.getBytes(StandardCharsets.UTF_8));
    }

    public FakeFiles limits(Limits value) {
        limits = value;
        return this;
    }

    /** What the cataloger finds in the files that it wants, one file after another. A file it fails on becomes a gap. */
    public List<PackageRecord> catalog(Cataloger cataloger) throws IOException {
        List<PackageRecord> found = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            FileHeader header = new FileHeader(FileType.REGULAR, file.getValue().length, 0755);
            if (cataloger.wants(file.getKey(), header) == Want.NOTHING) {
                continue;
            }
            try {
                cataloger.catalog(
                        new RecordFile(file.getKey(), new Bytes(file.getValue()), limits, gaps, this::sibling),
                        found::add);
            } catch (InputException unreadable) {
                gaps.add(
                        unreadable.code() == InputException.Code.LIMIT ? Gap.Code.LIMIT : Gap.Code.UNREADABLE,
                        file.getKey(),
                        unreadable.getMessage());
            }
        }
        return found;
    }

    public List<Gap> gaps() {
        return gaps.list();
    }

    private Optional<FileContent> sibling(String path) {
        return Optional.ofNullable(files.get(path)).map(Bytes::new);
    }
}
