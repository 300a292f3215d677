package dev.holdfast.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.Yaml;
import dev.holdfast.core.Finding;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.scan.judge.Claim;
import dev.holdfast.scan.judge.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A peer's own end-to-end cases: its small database, the packages of its images, and the findings that it expects. Identifier, package,
 * installed version, fix and status have to agree but for {@link #DIFFERENCES}. Where the packages of an image are not in the corpus, those
 * named in the findings stand in, so that such a case shows only what must be found.
 */
final class PeerFindingsTest {
    /** Where we answer otherwise on purpose: ours by the peer's line. {@code docs/differences-to-peers.md} tells why. */
    private static final Map<String, String> DIFFERENCES = Map.of(
            "CVE-2019-1551 libssl1.1 1.1.0k-1~deb9u1  affected", "CVE-2019-1551 libssl1.1 1.1.0k-1~deb9u1  deferred",
            "CVE-2019-1551 openssl 1.1.0k-1~deb9u1  affected", "CVE-2019-1551 openssl 1.1.0k-1~deb9u1  deferred");

    /** Source packages of those that stand only in findings. */
    private static final Map<String, String> SOURCES =
            Map.of("e2fslibs", "e2fsprogs", "libcomerr2", "e2fsprogs", "libss2", "e2fsprogs", "libidn2-0", "libidn2");

    /**
     * One case.
     *
     * @param name of the expected findings
     * @param inventory of the image's packages; empty: those of the findings
     * @param type of the packages
     * @param id the distribution, empty for a language
     * @param version the distribution's
     * @param database file of the peer's database
     * @param bucket in it; for Red Hat the number of the platform
     * @param namespace ours
     * @param isOnlyFixed whether the peer was asked to leave out what has no fix
     */
    record Case(
            String name,
            String inventory,
            PackageType type,
            String id,
            String version,
            String database,
            String bucket,
            String namespace,
            boolean isOnlyFixed) {
        @Override
        public String toString() {
            return name;
        }
    }

    @TempDir
    Path folder;

    static Stream<Case> cases() {
        return Stream.of(
                system(
                        "alpine-310",
                        "alpine-310",
                        PackageType.APK,
                        "alpine",
                        "3.10.2",
                        "alpine",
                        "alpine 3.10",
                        "alpine:3.10"),
                system("amazon-2", "amazon-2", PackageType.RPM, "amzn", "2", "amazon", "amazon linux 2", "amzn:2"),
                system("centos-6", "centos-6", PackageType.RPM, "centos", "6", "redhat", "857", "rhel:6"),
                system("centos-7", "", PackageType.RPM, "centos", "7", "redhat", "869", "rhel:7"),
                system("debian-stretch", "", PackageType.DEB, "debian", "9", "debian", "debian 9", "debian:9"),
                system(
                        "distroless-base",
                        "gcr.io-distroless-base-latest",
                        PackageType.DEB,
                        "debian",
                        "9",
                        "debian",
                        "debian 9",
                        "debian:9"),
                new Case(
                        "fluentd-gems",
                        "debian-buster",
                        PackageType.DEB,
                        "debian",
                        "10",
                        "debian",
                        "debian 10",
                        "debian:10",
                        true),
                system(
                        "opensuse-leap-151",
                        "opensuse-leap-151",
                        PackageType.RPM,
                        "opensuse-leap",
                        "15.1",
                        "opensuse",
                        "openSUSE Leap 15.1",
                        "opensuse-leap:15.1"),
                system("oraclelinux-8", "", PackageType.RPM, "ol", "8.0", "oracle", "Oracle Linux 8", "ol:8"),
                system(
                        "photon-30",
                        "photon-30",
                        PackageType.RPM,
                        "photon",
                        "3.0",
                        "photon",
                        "Photon OS 3.0",
                        "photon:3.0"),
                system(
                        "ubuntu-1804",
                        "ubuntu-18.04",
                        PackageType.DEB,
                        "ubuntu",
                        "18.04",
                        "ubuntu",
                        "ubuntu 18.04",
                        "ubuntu:18.04"),
                language("npm", PackageType.NPM, "nodejs"),
                language("yarn", PackageType.NPM, "nodejs"),
                language("pnpm", PackageType.NPM, "nodejs"),
                language("pip", PackageType.PYPI, "python"),
                language("pom", PackageType.MAVEN, "java"),
                language("spring4shell-jre8", PackageType.MAVEN, "java"),
                language("spring4shell-jre11", PackageType.MAVEN, "java"),
                language("gomod", PackageType.GOLANG, "go"),
                language("nuget", PackageType.NUGET, "nuget"));
    }

    private static Case system(
            String name,
            String inventory,
            PackageType type,
            String id,
            String version,
            String database,
            String bucket,
            String namespace) {
        return new Case(name, inventory, type, id, version, database, bucket, namespace, false);
    }

    private static Case language(String name, PackageType type, String database) {
        return new Case(name, "", type, "", "", database, "", type.word(), false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsWhatThePeerFinds(Case one) throws Exception {
        List<JsonValue> expected = findings(one);
        try (Trial trial = Trial.in(folder)) {
            if (!one.id().isEmpty()) {
                trial.on(one.id(), one.version());
            }
            trial.says("peer", claims(one).toArray(Claim[]::new));
            packages(one, expected).forEach(trial::has);
            assertThat(ours(trial.findings(), one)).isEqualTo(theirs(expected));
        }
    }

    private static SortedSet<String> ours(List<Finding> findings, Case one) {
        SortedSet<String> lines = new TreeSet<>();
        for (Finding finding : findings) {
            if (!one.isOnlyFixed() || finding.hasFix()) {
                String title = finding.title(); // ID in NAME VERSION
                String rest = title.substring(title.indexOf(" in ") + 4);
                lines.add(finding.id() + " " + rest + " "
                        + finding.fixedIn().map(PeerFindingsTest::withoutZero).orElse("") + " " + finding.status());
            }
        }
        return lines;
    }

    /** We write a fix as its source does, with an epoch of zero where it has one. */
    private static String withoutZero(String version) {
        return version.startsWith("0:") ? version.substring(2) : version;
    }

    private static SortedSet<String> theirs(List<JsonValue> expected) {
        SortedSet<String> lines = new TreeSet<>();
        for (JsonValue each : expected) {
            String status = text(each, "Status").replace('_', '-');
            String head = String.join(
                    " ",
                    text(each, "VulnerabilityID"),
                    text(each, "PkgName"),
                    text(each, "InstalledVersion"),
                    text(each, "FixedVersion"));
            String line = DIFFERENCES.getOrDefault(head + " " + status, head + " " + status);
            lines.add(line.endsWith(" affected") ? head + " unfixed" : line); // one thing, two words
        }
        return lines;
    }

    // --- the peer's files ---

    private static Path corpus(String name) {
        Path path = Path.of(System.getProperty("holdfast.shared", "absent"), "fixtures", "corpus", name);
        assumeTrue(
                Files.exists(path), "no reference corpus: system property holdfast.shared names no folder that has it");
        return path;
    }

    private static JsonValue json(String name) throws IOException, InputException {
        return Json.parse(Files.readAllBytes(corpus(name)), Limits.DEFAULT);
    }

    private static List<JsonValue> findings(Case one) throws IOException, InputException {
        List<JsonValue> all = new ArrayList<>();
        for (JsonValue result :
                json("findings/" + one.name() + ".json.golden").get("Results").elements()) {
            if (!text(result, "Type").equals("gemspec")) {
                all.addAll(result.get("Vulnerabilities").elements());
            }
        }
        return all;
    }

    private static List<PackageRecord> packages(Case one, List<JsonValue> findings) throws IOException, InputException {
        List<PackageRecord> packages = new ArrayList<>();
        if (one.inventory().isEmpty()) {
            TreeSet<String> seen = new TreeSet<>();
            for (JsonValue each : findings) {
                String name = text(each, "PkgName");
                String version = text(each, "InstalledVersion");
                if (seen.add(name + " " + version)) {
                    packages.add(record(one.type(), name, version, SOURCES.getOrDefault(name, name), version));
                }
            }
            return packages;
        }
        for (JsonValue each :
                json("inventories/" + one.inventory() + ".json.golden").elements()) {
            String version = version(each, "");
            packages.add(record(one.type(), text(each, "Name"), version, text(each, "SrcName"), version(each, "Src")));
        }
        return packages;
    }

    private static String version(JsonValue each, String prefix) {
        String epoch = text(each, prefix + "Epoch");
        String release = text(each, prefix + "Release");
        return (epoch.isEmpty() || epoch.equals("0") ? "" : epoch + ":")
                + text(each, prefix + "Version")
                + (release.isEmpty() ? "" : "-" + release);
    }

    private static PackageRecord record(
            PackageType type, String name, String version, String source, String sourceVersion) {
        PackageRecord record = Trial.a(type, name, version);
        return switch (type) {
            case DEB, APK -> record.withSource(source, sourceVersion);
            case RPM -> record.withArchitecture("x86_64").withSource(source, sourceVersion);
            default -> record;
        };
    }

    // --- the peer's database: buckets in buckets, keys with values at the end ---

    private static List<Claim> claims(Case one) throws IOException, InputException {
        List<Claim> claims = new ArrayList<>();
        JsonValue database =
                Yaml.parse(Files.readAllBytes(corpus("findings/db__" + one.database() + ".yaml")), Limits.DEFAULT);
        boolean isRedHat = one.database().equals("redhat");
        for (JsonValue bucket : database.elements()) {
            String name = text(bucket, "bucket");
            if (isRedHat || one.bucket().isEmpty() || name.equals(one.bucket())) {
                for (JsonValue of : bucket.get("pairs").elements()) {
                    for (JsonValue pair : of.get("pairs").elements()) {
                        add(claims, one, text(of, "bucket"), text(pair, "key"), pair.get("value"));
                    }
                }
            }
        }
        return claims;
    }

    private static void add(List<Claim> claims, Case one, String packageName, String id, JsonValue value) {
        if (one.database().equals("redhat")) {
            for (JsonValue entry : value.get("Entries").elements()) {
                if (entry.get("Affected").elements().stream()
                        .anyMatch(each -> each.scalar().orElse("").equals(one.bucket()))) {
                    addRedHat(claims, one, packageName, id, entry);
                }
            }
        } else if (one.id().isEmpty()) {
            addLanguage(claims, one, packageName, id, value);
        } else {
            claims.add(claim(Claim.of(id, one.namespace(), packageName), value));
        }
    }

    private static void addRedHat(List<Claim> claims, Case one, String packageName, String id, JsonValue entry) {
        for (JsonValue cve : entry.get("Cves").elements()) {
            String own = text(cve, "ID");
            claims.add(claim(Claim.of(own.isEmpty() ? id : own, one.namespace(), packageName), entry));
        }
    }

    private static Claim claim(Claim claim, JsonValue value) {
        List<String> architectures = new ArrayList<>();
        for (JsonValue entry : value.get("Entries").elements()) {
            architectures.addAll(entry.get("Arches").texts());
        }
        architectures.addAll(value.get("Arches").texts());
        claim.onlyOn(architectures.toArray(String[]::new));
        String fix = text(value, "FixedVersion");
        if (!fix.isEmpty()) {
            return claim.fixedIn(fix);
        }
        if (text(value, "State").equals("postponed")) {
            return claim.status(Status.DEFERRED);
        }
        return claim.status(
                switch (text(value, "Status")) {
                    case "5" -> Status.WILL_NOT_FIX;
                    case "7" -> Status.END_OF_LIFE;
                    default -> Status.UNFIXED;
                });
    }

    private static void addLanguage(List<Claim> claims, Case one, String packageName, String id, JsonValue value) {
        List<String> fixes = value.get("PatchedVersions").texts();
        for (String range : value.get("VulnerableVersions").texts()) {
            claims.add(ranged(Claim.of(id, one.namespace(), packageName), range, fixes));
        }
    }

    /** {@code >= a, < b}, {@code <= b} or {@code [a,b)}. */
    private static Claim ranged(Claim claim, String range, List<String> fixes) {
        String from = "";
        String to = "";
        boolean isInclusive = false;
        if (range.startsWith("[")) {
            String[] bounds = range.substring(1, range.length() - 1).split(",", -1);
            from = bounds[0];
            to = bounds[1];
        } else {
            for (String part : range.split(",", -1)) {
                String bound = part.strip();
                if (bound.startsWith(">=")) {
                    from = bound.substring(2).strip();
                } else if (bound.startsWith("<=")) {
                    to = bound.substring(2).strip();
                    isInclusive = true;
                } else {
                    to = bound.substring(1).strip();
                }
            }
        }
        claim.from(from);
        return isInclusive ? claim.lastAffected(to).fixes(fixes) : claim.to(to).fixes(fixes);
    }

    private static String text(JsonValue object, String name) {
        return object.get(name).scalar().orElse("");
    }
}
