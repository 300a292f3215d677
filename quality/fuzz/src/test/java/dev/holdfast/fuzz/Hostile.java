package dev.holdfast.fuzz;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Exoneration;
import dev.holdfast.advisory.fact.ExploitScore;
import dev.holdfast.advisory.fact.Exploited;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Lifecycle;
import dev.holdfast.advisory.fact.Statement;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.Cataloger;
import dev.holdfast.oci.FileContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * Hands bytes to a parser as the program would. An {@link InputException} is a good answer; everything else that comes out, an
 * {@link IOException} included since nothing around these bytes can fail, is a bug and goes to the fuzzer.
 */
final class Hostile {
    /** Small, so that reaching a limit is cheap, and honouring none shows as memory or time. */
    static final Limits LIMITS = Limits.DEFAULT
            .withEntries(10_000)
            .withTotalBytes(32L << 20)
            .withFileBytes(4L << 20)
            .withDepth(32);

    private Hostile() {}

    /** A parser at work on bytes it was handed. */
    @FunctionalInterface
    interface Parser {
        void parse() throws InputException, IOException;
    }

    static void feedTo(Parser parser) {
        try {
            parser.parse();
        } catch (InputException refused) {
            if (refused.getMessage().isBlank() || refused.getMessage().indexOf('\n') >= 0) {
                throw new AssertionError("an error is one line for a person", refused);
            }
        } catch (IOException wrongKind) {
            throw new AssertionError("hostile bytes are no fault of the environment", wrongKind);
        }
    }

    static void catalog(Cataloger cataloger, String path, byte[] bytes) {
        feedTo(() -> cataloger.catalog(
                new Cataloger.RecordFile(path, new Bytes(bytes), LIMITS, new Gaps(), beside -> Optional.empty()),
                found -> {}));
    }

    static void read(Feed feed, byte[] bytes) {
        feedTo(() -> feed.read(new Feed.FeedFile("feed/file.json", new ByteArrayInputStream(bytes), LIMITS), NOWHERE));
    }

    /** A file in memory. */
    record Bytes(byte[] all) implements FileContent {
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

    private static final FactSink NOWHERE = new FactSink() {
        @Override
        public void accept(Advisory fact) {}

        @Override
        public void accept(Statement fact) {}

        @Override
        public void accept(Exploited fact) {}

        @Override
        public void accept(ExploitScore fact) {}

        @Override
        public void accept(Lifecycle fact) {}

        @Override
        public void accept(Exoneration fact) {}

        @Override
        public void dropped(String where, String why) {}
    };
}
