package dev.holdfast.server.images;

import dev.holdfast.core.InputException;
import dev.holdfast.store.Verdict;
import dev.holdfast.store.Verdicts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Scans an image. Takes its time, on a thread that nobody waits for. */
public interface ImageScan {
    /**
     * @param image a full name with a tag or a digest
     * @throws InputException when there is no such image, or it is no image
     * @throws IOException when it could not be fetched, or the scan did not end in time
     */
    Scanned scan(String image) throws InputException, IOException, InterruptedException;

    /**
     * What came of it.
     *
     * @param verdicts one for each digest by which the image may be named: of the index, of the manifest
     * @param named what the tag stood for; empty when the image was named by its digest
     */
    record Scanned(List<Verdict> verdicts, Optional<Verdicts.Named> named) {
        public Scanned {
            verdicts = List.copyOf(verdicts);
        }
    }
}
