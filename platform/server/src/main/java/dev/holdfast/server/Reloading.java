package dev.holdfast.server;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.server.admission.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks every second whether files have changed. A look at times and sizes is used instead of a watch, because the files of Kubernetes'
 * Secrets and ConfigMaps are links that are swapped as a whole folder.
 */
final class Reloading implements AutoCloseable {
    private static final Duration PACE = Duration.ofSeconds(1);

    private final ServerSettings settings;
    private final AdmissionServer server;
    private String certificateState;
    private String judgeState;
    private volatile boolean isClosed;

    Reloading(ServerSettings settings, AdmissionServer server) {
        this.settings = settings;
        this.server = server;
        this.certificateState = certificateState();
        this.judgeState = judgeState();
    }

    void start() {
        Thread.ofVirtual().name("reloading").start(this::run);
    }

    private void run() {
        while (!isClosed) {
            try {
                Thread.sleep(PACE);
            } catch (InterruptedException ended) {
                return;
            }
            look();
        }
    }

    /** Takes what has changed since the last look. */
    private void look() {
        String certificates = certificateState();
        if (!certificates.equals(certificateState)) {
            certificateState = certificates;
            try {
                server.take(Certificates.read(settings.certificate(), settings.key()));
            } catch (IOException | RuntimeException unusable) {
                server.refuse(Causes.deepest(unusable));
            }
        }
        String judge = judgeState();
        if (!judge.equals(judgeState)) {
            judgeState = judge;
            try {
                server.take(server.readJudge());
            } catch (InputException | IOException | RuntimeException unusable) {
                server.refuse(Causes.deepest(unusable));
            }
        }
    }

    private String certificateState() {
        return state(List.of(settings.certificate(), settings.key()));
    }

    private String judgeState() {
        List<Path> files = new ArrayList<>(List.of(settings.admission()));
        if (settings.namespaces() instanceof ServerSettings.NamespaceSource.Listed(Path file)) {
            files.add(file);
        }
        try {
            files.addAll(Judges.policyFiles(
                    settings,
                    SettingsReader.read(
                            Files.readString(settings.admission()),
                            settings.admission().toString(),
                            Limits.DEFAULT)));
        } catch (InputException | IOException unreadable) {
            // Its own state has changed then; reading it anew says what is wrong.
        }
        return state(files);
    }

    private static String state(List<Path> files) {
        StringBuilder state = new StringBuilder();
        for (Path file : files) {
            try {
                state.append(file)
                        .append(' ')
                        .append(Files.getLastModifiedTime(file).toMillis())
                        .append(' ')
                        .append(Files.size(file))
                        .append('\n');
            } catch (IOException gone) {
                state.append(file).append(" gone\n");
            }
        }
        return state.toString();
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
