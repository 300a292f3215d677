package dev.holdfast.watch.open;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.rules.event.Event;
import dev.holdfast.watch.audit.AuditReader;
import dev.holdfast.watch.source.EventSource;
import dev.holdfast.watch.source.FollowedFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Audit events of a file that grows: its end is a wait. */
record FollowedAudit(AuditReader reader, FollowedFile file) implements EventSource {
    @Override
    public Optional<? extends Event> next() throws InputException, IOException {
        return reader.next();
    }

    @Override
    public List<Gap> gaps() {
        return reader.gaps();
    }

    @Override
    public void stop() {
        file.stop();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
