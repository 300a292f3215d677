package dev.holdfast.secrets.unfold;

import dev.holdfast.archive.TarEntry;
import dev.holdfast.archive.TarSink;
import dev.holdfast.archive.TarWalker;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Shows the files of a tar that lies in an image as a file. */
final class TarFlow {
    private static final int MAGIC_AT = 257;
    private static final byte[] MAGIC = {'u', 's', 't', 'a', 'r'};

    private final TarWalker walker;
    private boolean isBroken;
    private Optional<String> problem = Optional.empty();

    TarFlow(Entries sink, Limits limits) {
        walker = new TarWalker(new Files(sink), limits);
    }

    static boolean begins(byte[] bytes, int length) {
        return TarWalker.looksLikeTar(bytes, length)
                && java.util.Arrays.equals(bytes, MAGIC_AT, MAGIC_AT + MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    void accept(byte[] bytes, int offset, int length) {
        if (isBroken) {
            return;
        }
        try {
            walker.accept(bytes, offset, length);
        } catch (InputException wrong) {
            isBroken = true;
            problem = Optional.of(String.valueOf(wrong.getMessage()));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible); // nothing around these bytes can fail
        }
    }

    Optional<String> problem() {
        return problem;
    }

    private record Files(Entries sink) implements TarSink {
        @Override
        public boolean entry(TarEntry entry) {
            if (entry.type() != TarEntry.Type.FILE) {
                return false;
            }
            sink.begin(new String(entry.name(), 0, entry.nameLength(), StandardCharsets.UTF_8));
            return true;
        }

        @Override
        public void content(byte[] bytes, int offset, int length) {
            sink.content(bytes, offset, length);
        }

        @Override
        public void contentEnd() {
            sink.end();
        }
    }
}
