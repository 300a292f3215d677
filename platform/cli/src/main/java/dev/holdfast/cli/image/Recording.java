package dev.holdfast.cli.image;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Keeps a copy of what is written, as long as that is not too much. */
final class Recording {
    private final boolean isWanted;
    private final ByteArrayOutputStream copy = new ByteArrayOutputStream();
    private boolean isCut;

    Recording(boolean isWanted) {
        this.isWanted = isWanted;
    }

    /** The stream, what goes into it being recorded. */
    OutputStream of(OutputStream out) {
        return isWanted ? new Copying(out) : out;
    }

    /** Whether all that was written is here. */
    boolean isWhole() {
        return isWanted && !isCut;
    }

    byte[] bytes() {
        return copy.toByteArray();
    }

    private final class Copying extends FilterOutputStream {
        Copying(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            isCut |= length > Answers.MOST_BYTES - copy.size();
            if (!isCut) {
                copy.write(bytes, offset, length);
            }
        }
    }
}
