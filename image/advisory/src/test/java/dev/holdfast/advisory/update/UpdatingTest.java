package dev.holdfast.advisory.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.advisory.Advisories;
import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.advisory.UpdateReport;
import dev.holdfast.advisory.UpdateReport.Outcome;
import dev.holdfast.advisory.UpdateRequest;
import dev.holdfast.advisory.update.FeedLocations.Location;
import dev.holdfast.advisory.update.FeedServer.Mood;
import dev.holdfast.core.Digest;
import dev.holdfast.core.Limits;
import dev.holdfast.core.net.EnvironmentProxy;
import dev.holdfast.core.net.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdatingTest {
    private static final String KEV = "/www.cisa.gov/kev.json";
    private static final String EPSS = "/epss.cyentia.com/epss_scores-2026-11-24.csv.gz";
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);
    /** Waits long for a byte, because a busy machine may be slow, and hardly at all before it tries again. */
    private static final Patience PATIENT =
            new Patience(3, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(20));

    private Patience patience = PATIENT;

    @TempDir
    Path folder;

    private FeedServer server;
    private Path base;

    @BeforeEach
    void start() throws IOException {
        server = new FeedServer();
        server.serve(KEV, kev("CVE-2021-44228"));
        server.serve(EPSS, epss("CVE-2021-44228,0.97000,0.99900\n"));
        base = folder.resolve("data/facts.hfdb");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void fetchesCompilesAndPutsTheBaseInItsPlace() throws Exception {
        UpdateReport report = update();

        assertThat(report.feeds()).hasSize(2).allMatch(Outcome.Fetched.class::isInstance);
        assertThat(isExploited("CVE-2021-44228")).isTrue();
        assertThat(Advisories.verify(base)).isEqualTo(report.digest());
        assertThat(base.getParent()).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void takesTheNewestDayThatIsThere() throws Exception {
        update();

        assertThat(server.asked()).contains("/epss.cyentia.com/epss_scores-2026-11-25.csv.gz 404", EPSS + " 200");
    }

    @Test
    void asksOnlyForWhatChanged() throws Exception {
        update();
        server.serve(KEV, kev("CVE-2021-44228", "CVE-2022-22965"));
        UpdateReport second = update();

        assertThat(second.feeds())
                .extracting(Outcome::getClass)
                .containsExactly(Outcome.Fetched.class, Outcome.Unchanged.class);
        assertThat(server.asked()).contains(EPSS + " 304");
        assertThat(isExploited("CVE-2022-22965")).isTrue();
    }

    @Test
    void continuesWhereTheConnectionWasCut() throws Exception {
        server.next(KEV, Mood.CUT);
        update();

        assertThat(server.asked()).contains(KEV + " 200", KEV + " 206");
        assertThat(isExploited("CVE-2021-44228")).isTrue();
    }

    @Test
    void startsAnewWhenTheFeedChangedMeanwhile() throws Exception {
        server.next(KEV, Mood.CUT, Mood.CUT, Mood.CUT);
        update();
        server.serve(KEV, kev("CVE-2022-22965"));
        update();

        assertThat(isExploited("CVE-2022-22965")).isTrue();
        assertThat(isExploited("CVE-2021-44228")).isFalse();
    }

    @Test
    void waitsForABusyServer() throws Exception {
        server.next(KEV, Mood.BUSY, Mood.BROKEN);
        UpdateReport report = update();

        assertThat(report.feeds().getFirst()).isInstanceOf(Outcome.Fetched.class);
        assertThat(server.asked()).containsSubsequence(KEV + " 429", KEV + " 503", KEV + " 200");
    }

    @Test
    void givesUpOnASilentConnectionAndContinues() throws Exception {
        patience = new Patience(3, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(800));
        server.next(KEV, Mood.SILENT);
        UpdateReport report = update();

        assertThat(report.feeds().getFirst()).isInstanceOf(Outcome.Fetched.class);
        assertThat(server.asked()).contains(KEV + " 206");
    }

    @Test
    void keepsWhatItHasOfAFeedThatFails() throws Exception {
        update();
        server.serve(KEV, kev("CVE-2022-22965"));
        server.next(KEV, Mood.BROKEN, Mood.BROKEN, Mood.BROKEN);
        UpdateReport report = update();

        assertThat(report.feeds().getFirst()).isInstanceOfSatisfying(Outcome.Kept.class, kept -> {
            assertThat(kept.day()).isEqualTo("2026-11-24");
            assertThat(kept.reason()).endsWith("the server answers 503");
        });
        assertThat(isExploited("CVE-2021-44228")).isTrue();
    }

    @Test
    void keepsWhatItHasWhenTheNewFileIsNoWholeFeed() throws Exception {
        update();
        byte[] whole = epss("CVE-2021-44228,0.50000,0.99900\n");
        server.serve(EPSS, java.util.Arrays.copyOf(whole, whole.length - 12));
        server.serve(KEV, "<html>Please log in</html>".getBytes(StandardCharsets.UTF_8));
        UpdateReport report = update();

        assertThat(report.feeds()).allMatch(Outcome.Kept.class::isInstance);
        try (AdvisoryBase opened = Advisories.open(base)) {
            assertThat(opened.score("CVE-2021-44228").orElseThrow().probability())
                    .isEqualTo(0.97);
        }
    }

    @Test
    void refusesAFileAgainstItsPublishersChecksum() throws Exception {
        String sum = "/www.cisa.gov/kev.json.sha256";
        server.serve(sum, Digest.sha256(kev("CVE-2021-44228")).hex().getBytes(StandardCharsets.US_ASCII));
        List<Location> checked = new ArrayList<>(locations());
        Location kev = checked.getFirst();
        checked.set(0, new Location(kev.name(), kev.fileName(), kev.address(), Optional.of(server.root() + sum)));
        update(checked);
        server.serve(KEV, kev("CVE-2022-22965"));
        UpdateReport report = update(checked);

        assertThat(report.feeds().getFirst())
                .isInstanceOfSatisfying(
                        Outcome.Kept.class, kept -> assertThat(kept.reason()).contains("checksum"));
        assertThat(isExploited("CVE-2022-22965")).isFalse();
    }

    @Test
    void saysWhatIsMissingAndGoesOnWithTheRest() throws Exception {
        List<Location> more = new ArrayList<>(locations());
        more.add(new Location("gone", "gone.json", server.root() + "/gone.json", Optional.empty()));
        UpdateReport report = update(more);

        assertThat(report.feeds().getLast()).isInstanceOf(Outcome.Missing.class);
        assertThat(isExploited("CVE-2021-44228")).isTrue();
    }

    @Test
    void leavesTheBaseAloneWhenNothingCanBeFetched() throws Exception {
        Location gone = new Location("gone", "gone.json", server.root() + "/gone.json", Optional.empty());

        assertThatThrownBy(() -> update(List.of(gone)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no feed could be fetched");
        assertThat(base).doesNotExist();
    }

    @Test
    void refusesToRunBesideAnotherUpdate() throws Exception {
        Path cache = Files.createDirectories(folder.resolve("cache"));
        try (FileChannel channel = FileChannel.open(
                        cache.resolve("update.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assertThat(held.isValid()).isTrue();
            assertThatThrownBy(this::update)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another update is running");
        }
    }

    @Test
    void mirrorServesPublishersByHostAndPath() {
        assertThat(FeedLocations.publishers()
                        .from("http://mirror.example/feeds")
                        .all())
                .extracting(Location::address)
                .contains(
                        "http://mirror.example/feeds/osv-vulnerabilities.storage.googleapis.com/Go/all.zip",
                        "http://mirror.example/feeds/secdb.alpinelinux.org/edge/main.json");
    }

    private List<Location> locations() throws Exception {
        return List.of(
                new Location("kev", "known_exploited_vulnerabilities.json", server.root() + KEV, Optional.empty()),
                new Location(
                        "epss",
                        "epss_scores.csv.gz",
                        server.root() + "/epss.cyentia.com/epss_scores-{day}.csv.gz",
                        Optional.empty()));
    }

    private UpdateReport update() throws Exception {
        return update(locations());
    }

    private UpdateReport update(List<Location> locations) throws Exception {
        return Advisories.update(new UpdateRequest(
                base,
                folder.resolve("cache"),
                FeedLocations.of(locations),
                TODAY,
                new EnvironmentProxy(name -> ""),
                patience,
                Limits.DEFAULT));
    }

    private boolean isExploited(String cve) throws Exception {
        try (AdvisoryBase opened = Advisories.open(base)) {
            return opened.exploited(cve).isPresent();
        }
    }

    private static byte[] kev(String... cves) {
        StringBuilder json = new StringBuilder(
                "{\"title\":\"Catalog\",\"catalogVersion\":\"2026.11.24\",\"dateReleased\":\"2026-11-24T10:00:00Z\",\"count\":"
                        + cves.length + ",\"vulnerabilities\":[");
        for (String cve : cves) {
            json.append(json.charAt(json.length() - 1) == '[' ? "" : ",")
                    .append("{\"cveID\":\"")
                    .append(cve)
                    .append("\",\"dateAdded\":\"2021-12-10\",\"knownRansomwareCampaignUse\":\"Known\"}");
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] epss(String rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(("#model_version:v2026,score_date:2026-11-24T00:00:00+0000\ncve,epss,percentile\n" + rows)
                    .getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
