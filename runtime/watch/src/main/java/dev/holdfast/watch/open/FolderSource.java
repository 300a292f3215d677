package dev.holdfast.watch.open;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.rules.event.Event;
import dev.holdfast.watch.source.EventSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The events of several files, one after the other. A file that cannot be read is a gap that hides no other. */
final class FolderSource implements EventSource {
    private final List<Path> files;
    private final Sources sources;
    private final Gaps gaps = new Gaps();
    private int next;
    private int opened;
    private volatile boolean isStopped;
    private @Nullable EventSource current;

    FolderSource(List<Path> files, Sources sources) {
        this.files = List.copyOf(files);
        this.sources = sources;
    }

    @Override
    public Optional<? extends Event> next() throws InputException, IOException {
        while (!isStopped) {
            if (current == null && !advance()) {
                return Optional.empty();
            }
            Optional<? extends Event> event = ofCurrent();
            if (event.isPresent()) {
                return event;
            }
            leave();
        }
        return Optional.empty();
    }

    private Optional<? extends Event> ofCurrent() throws IOException {
        EventSource source = current;
        if (source == null) {
            return Optional.empty();
        }
        try {
            Optional<? extends Event> event = source.next();
            if (event.isPresent()) {
                opened++;
            }
            return event;
        } catch (InputException wrong) {
            gaps.add(Gap.Code.UNREADABLE, "a file of the folder", wrong.getMessage());
            return Optional.empty();
        }
    }

    /** Opens the next file; false when there is none. */
    private boolean advance() throws InputException, IOException {
        if (next == files.size()) {
            if (opened == 0 && !gaps.list().isEmpty()) {
                throw new InputException(
                        InputException.Code.MALFORMED, gaps.list().getFirst().detail());
            }
            return false;
        }
        Path file = files.get(next++);
        try {
            current = sources.open(file);
        } catch (InputException wrong) {
            gaps.add(Gap.Code.UNREADABLE, file.toString(), wrong.getMessage());
        }
        return true;
    }

    private void leave() throws IOException {
        EventSource source = current;
        if (source != null) {
            for (Gap gap : source.gaps()) {
                gaps.add(gap.code(), gap.subject(), gap.detail());
            }
            source.close();
            current = null;
        }
    }

    @Override
    public List<Gap> gaps() {
        return gaps.list();
    }

    @Override
    public void stop() {
        isStopped = true;
    }

    @Override
    public void close() throws IOException {
        leave();
    }
}
