package dev.holdfast.server;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.net.CertificateFile;
import dev.holdfast.server.admission.Judge;
import dev.holdfast.server.admission.Namespaces;
import dev.holdfast.server.admission.Surroundings;
import dev.holdfast.server.images.Recollection;
import dev.holdfast.server.images.ReportReader;
import dev.holdfast.server.images.ScanWorkers;
import dev.holdfast.server.namespaces.NamespaceFiles;
import dev.holdfast.server.namespaces.NamespaceWatch;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The admission webhook over TLS, and what belongs to it: what is remembered of images, the scans that are wanted, the labels of namespaces,
 * and a second door for those who report. Settings, policies and certificate are read anew when their files change; what cannot be read
 * leaves the old in force, and says so.
 */
public final class AdmissionServer implements AutoCloseable {
    /** The store of the cluster takes objects of 1.5 MB; a question holds two of them. A report of a large image is as long. */
    private static final long MOST_BYTES = 16L << 20;

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final String REPORTS = "reports";

    private final ServerSettings settings;
    private final InstantSource clock = InstantSource.system();
    private final Measures measures = new Measures();
    private final AtomicReference<Judge> judge = new AtomicReference<>();
    private final AtomicReference<Certificates> certificates;
    private final Consumer<String> log;
    private final ReplaceableKeys keys;
    private final Optional<Recollection> recollection;
    private final Optional<NamespaceWatch> watch;
    private final AdmissionRoutes routes;
    private final WebServer server;
    private final Reloading reloading;
    private volatile boolean isWarm;
    /** What is closed at the end, the last opened first. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private AdmissionServer(ServerSettings settings, Certificates certificates, Consumer<String> log)
            throws InputException, IOException {
        this.settings = settings;
        this.log = log;
        this.certificates = new AtomicReference<>(certificates);
        this.keys = new ReplaceableKeys(certificates);
        this.recollection = settings.memory().isPresent()
                ? Optional.of(Recollection.open(settings.memory().get().store(), clock, log))
                : Optional.empty();
        recollection.ifPresent(opened::push);
        this.watch = watch();
        watch.ifPresent(opened::push);
        this.reloading = new Reloading(settings, this); // what changes after this is seen as changed
        this.judge.set(readJudge());
        Optional<ScanWorkers> workers = recollection.flatMap(this::workers);
        workers.ifPresent(opened::push);
        this.routes = new AdmissionRoutes(judge, recollection, measures, this::complaint, clock, log);
        measures.observe(recollection, workers, this.certificates);
        this.server = webServer();
    }

    /**
     * Starts to answer.
     *
     * @param log takes one line for each event that a person should know of
     * @throws InputException when the settings or policies are wrong, or would keep our own namespace, nodes or leases from being admitted
     * @throws IOException when a file cannot be read, or the address is taken
     */
    public static AdmissionServer start(ServerSettings settings, Consumer<String> log)
            throws InputException, IOException {
        Judges.read(settings, Surroundings.NONE); // wrong settings are told before anything is opened
        Certificates certificates =
                Certificates.read(settings.door().certificate(), settings.door().key());
        AdmissionServer server = new AdmissionServer(settings, certificates, log);
        try {
            certificates.complaint(server.clock.instant()).ifPresent(log);
            WarmUp.run(server.judge.get());
            server.server.start();
            server.warmUpTheWay();
        } catch (RuntimeException failed) {
            server.closeOpened();
            throw new IOException(
                    "cannot listen on " + settings.door().host() + ":"
                            + settings.door().port() + ": " + Causes.deepest(failed),
                    failed);
        }
        server.reloading.start();
        return server;
    }

    /** Until this is done it may be asked, and says that others should be asked first. */
    private void warmUpTheWay() {
        try {
            OwnCaller.call(settings.door().host(), port(), certificates.get(), WarmUp.review());
        } catch (IOException unreachable) {
            // A certificate that this machine does not take, or an address that it cannot call, is no reason not to
            // answer others.
            log.accept("could not call itself to warm up: " + Causes.deepest(unreachable));
        }
        isWarm = true;
    }

    private Optional<NamespaceWatch> watch() throws InputException, IOException {
        return switch (settings.namespaces()) {
            case ServerSettings.NamespaceSource.Cluster(var kubeconfig) ->
                Optional.of(NamespaceWatch.by(kubeconfig, log));
            case ServerSettings.NamespaceSource.OwnCluster _ ->
                Optional.of(NamespaceWatch.byPod(
                        name -> Optional.ofNullable(System.getenv(name)).orElse(""), log));
            case ServerSettings.NamespaceSource.Listed _, ServerSettings.NamespaceSource.Nowhere _ -> Optional.empty();
        };
    }

    /** A judge of the settings as they are now, which knows what this server knows. */
    Judge readJudge() throws InputException, IOException {
        Namespaces namespaces = Namespaces.NOT_LOOKED_AT;
        if (watch.isPresent()) {
            namespaces = watch.get();
        } else if (settings.namespaces() instanceof ServerSettings.NamespaceSource.Listed(var file)) {
            namespaces = NamespaceFiles.read(file, Limits.DEFAULT);
        }
        Surroundings surroundings = new Surroundings(
                recollection.map(Recollection::images).orElse(Surroundings.NONE.images()), namespaces, clock);
        return Judges.read(settings, surroundings);
    }

    private Optional<ScanWorkers> workers(Recollection known) {
        return settings.memory()
                .filter(memory -> memory.scanners() > 0)
                .map(memory -> ScanWorkers.start(known, memory.scan(), memory.scanners(), clock, log));
    }

    private WebServer webServer() throws IOException {
        WebServerConfig.Builder builder = WebServer.builder()
                .host(settings.door().host())
                .port(settings.door().port())
                .tls(keys.tls())
                .maxPayloadSize(MOST_BYTES)
                .shutdownGracePeriod(GRACE)
                .shutdownHook(false)
                .routing(routes::into);
        if (settings.reports().isPresent() && recollection.isPresent()) {
            ServerSettings.ReportDoor door = settings.reports().get();
            Duration holds =
                    settings.memory().map(ServerSettings.MemorySettings::holds).orElse(Duration.ofDays(1));
            ReportRoutes reports =
                    new ReportRoutes(recollection.get(), new ReportReader(Limits.DEFAULT, holds), clock, log);
            builder.putSocket(
                            REPORTS,
                            ListenerConfig.builder()
                                    .host(door.host())
                                    .port(door.port())
                                    .tls(keys.tlsFor(CertificateFile.read(door.authority())))
                                    .maxPayloadSize(MOST_BYTES)
                                    .build())
                    .routing(REPORTS, HttpRouting.builder().update(reports::into));
        }
        return builder.build();
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /** The port on which reports are taken; -1 when none are. */
    public int reportPort() {
        return settings.reports().isPresent() ? server.port(REPORTS) : -1;
    }

    /** Why nobody should ask this server; empty when nothing is wrong. */
    private Optional<String> complaint() {
        return isWarm ? certificates.get().complaint(clock.instant()) : Optional.of("warming up");
    }

    /** Tells that it ends, answers what was asked, then ends. */
    @Override
    public void close() {
        reloading.close();
        routes.drain(settings.notice());
        server.stop();
        closeOpened();
    }

    private void closeOpened() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception failed) {
                log.accept("while ending: " + Causes.deepest(failed));
            }
        }
    }

    /** From now on this one decides. */
    void take(Judge next) {
        judge.set(next);
        measures.reloaded(true);
        log.accept("settings and policies read anew");
    }

    /** From now on new connections get this certificate. */
    void take(Certificates next) {
        certificates.set(next);
        keys.replace(next);
        measures.reloaded(true);
        log.accept("certificate read anew");
        next.complaint(clock.instant()).ifPresent(log);
    }

    /** What was there stays in force. */
    void refuse(String why) {
        measures.reloaded(false);
        log.accept("a change was not taken, what was before stays in force: " + why);
    }
}
