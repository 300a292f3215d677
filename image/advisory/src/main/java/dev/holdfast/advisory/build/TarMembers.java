package dev.holdfast.advisory.build;

import dev.holdfast.archive.TarEntry;
import dev.holdfast.archive.TarSink;
import dev.holdfast.core.InputException;
import dev.holdfast.core.InputException.Code;
import dev.holdfast.core.Limits;
import dev.holdfast.core.SafeText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Gathers the regular files of a tar archive, one after the other. */
final class TarMembers implements TarSink {
    private final Limits limits;
    private final Members members;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private String name = "";

    /** Takes one file. */
    @FunctionalInterface
    interface Members {
        void member(String name, byte[] content) throws IOException, InputException;
    }

    TarMembers(Limits limits, Members members) {
        this.limits = limits;
        this.members = members;
    }

    @Override
    public boolean entry(TarEntry entry) throws InputException {
        name = SafeText.of(new String(entry.name(), 0, entry.nameLength(), StandardCharsets.UTF_8));
        name = name.startsWith("./") ? name.substring(2) : name;
        if (entry.type() != TarEntry.Type.FILE || entry.isSparse() || entry.size() == 0) {
            return false;
        }
        if (entry.size() > Math.min(limits.fileBytes(), Integer.MAX_VALUE - 16)) {
            throw new InputException(Code.LIMIT, name + " is larger than " + limits.fileBytes() + " bytes");
        }
        content.reset();
        return true;
    }

    @Override
    public void content(byte[] bytes, int offset, int length) {
        content.write(bytes, offset, length);
    }

    @Override
    public void contentEnd() throws InputException, IOException {
        members.member(name, content.toByteArray());
    }
}
