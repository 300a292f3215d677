package dev.holdfast.scan.secret;

import dev.holdfast.core.Gap;
import dev.holdfast.memory.FactWriter;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.Watch;
import dev.holdfast.secrets.FileScan;
import dev.holdfast.secrets.Secret;
import dev.holdfast.secrets.SecretScanner;
import dev.holdfast.secrets.Shipped;
import java.util.function.Consumer;

/** Looks for secrets in the files of one layer while they pass by. Owned by the thread that reads the layer. */
final class LayerSearch implements Watch.LayerWatch {
    private final FileScan files;
    private final LayerNotes notes;

    private String path = "";
    private boolean isFirst;
    private boolean isShipped; // or passed over

    LayerSearch(SecretScanner scanner, LayerNotes notes, Consumer<Secret> found) {
        this.notes = notes;
        this.files = scanner.files(
                secret -> {
                    notes.secrets().add(secret);
                    found.accept(secret);
                },
                notes.gaps());
    }

    @Override
    public void begin(String next, FileHeader header) {
        path = next;
        isFirst = true;
        isShipped = Shipped.isAt(next);
        if (!isShipped) {
            files.begin(next);
        }
    }

    @Override
    public void content(byte[] bytes, int offset, int length) {
        if (isFirst) {
            isFirst = false;
            isShipped |= Shipped.isMachineCode(path, bytes, offset, length);
        }
        if (!isShipped) {
            try {
                files.content(bytes, offset, length);
            } catch (RuntimeException bug) {
                isShipped = true;
                passOver(bug);
            }
        }
    }

    @Override
    public void end() {
        if (!isShipped) {
            try {
                files.end();
            } catch (RuntimeException bug) {
                passOver(bug);
            }
        }
    }

    @Override
    public void write(FactWriter facts) {
        notes.write(facts);
    }

    /** A fault of ours over one file must not cost the answers about all others. */
    private void passOver(RuntimeException bug) {
        notes.gaps()
                .add(
                        Gap.Code.UNREADABLE,
                        path,
                        "not looked through for secrets: a bug in Holdfast, please report it: " + bug);
    }
}
