package dev.holdfast.server;

import dev.holdfast.core.FileStamps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Settling;
import dev.holdfast.server.admission.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks every second whether files have changed, and has them taken when they have settled: half of the policies would admit what all of them
 * deny. Their stamps are looked at, instead of having the kernel watch them, because the files of Kubernetes' Secrets and ConfigMaps are links
 * that are swapped as a whole folder.
 */
final class Reloading implements AutoCloseable {
    private static final Duration PACE = Duration.ofSeconds(1);

    /** What has changed is looked at again after so long. */
    private static final Duration WRITTEN = Duration.ofMillis(250);

    private final ServerSettings settings;
    private final AdmissionServer server;
    private final Settling<FileStamps> certificates;
    private final Settling<FileStamps> judge;
    private volatile boolean isClosed;

    Reloading(ServerSettings settings, AdmissionServer server) {
        this.settings = settings;
        this.server = server;
        this.certificates = new Settling<>(certificateStamps());
        this.judge = new Settling<>(judgeStamps());
    }

    void start() {
        Thread.ofVirtual().name("reloading").start(this::run);
    }

    private void run() {
        while (!isClosed) {
            try {
                Thread.sleep(certificates.isChanging() || judge.isChanging() ? WRITTEN : PACE);
            } catch (InterruptedException ended) {
                return;
            }
            look();
        }
    }

    private void look() {
        if (certificates.settlesOn(certificateStamps())) {
            try {
                server.take(Certificates.read(
                        settings.door().certificate(), settings.door().key()));
            } catch (IOException | RuntimeException unusable) {
                server.refuse(Causes.deepest(unusable));
            }
        }
        if (judge.settlesOn(judgeStamps())) {
            try {
                server.take(server.readJudge());
            } catch (InputException | IOException | RuntimeException unusable) {
                server.refuse(Causes.deepest(unusable));
            }
        }
    }

    private FileStamps certificateStamps() {
        return FileStamps.of(
                List.of(settings.door().certificate(), settings.door().key()));
    }

    private FileStamps judgeStamps() {
        List<Path> files = new ArrayList<>(List.of(settings.admission()));
        settings.exceptions().ifPresent(exceptions -> files.add(exceptions.file()));
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
            // Its own stamp has changed then; reading it anew says what is wrong.
        }
        return FileStamps.of(files);
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
