package dev.holdfast.server.admission;

import dev.holdfast.core.Digest;
import dev.holdfast.store.Verdict;
import dev.holdfast.store.Verdicts;
import java.util.Optional;

/** What is known of images at this moment. Answers at once, from memory. */
public interface ImageKnowledge {
    /** Nothing is known of any. */
    ImageKnowledge NOTHING = new ImageKnowledge() {
        @Override
        public Optional<Verdict> verdict(Digest digest) {
            return Optional.empty();
        }

        @Override
        public Optional<Verdicts.Named> named(String name) {
            return Optional.empty();
        }
    };

    /** What was found about the image, though it may have expired. */
    Optional<Verdict> verdict(Digest digest);

    /** What a name with a tag, written in full, stood for when it was last looked up. */
    Optional<Verdicts.Named> named(String name);
}
