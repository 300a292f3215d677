package dev.holdfast.oci;

import static dev.holdfast.oci.testing.ImageBuilder.image;
import static dev.holdfast.oci.testing.LayerBuilder.layer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.ByteSize;
import dev.holdfast.core.Gap;
import dev.holdfast.core.ImageReference;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.net.EnvironmentProxy;
import dev.holdfast.core.net.Patience;
import dev.holdfast.memory.Memory;
import dev.holdfast.oci.registry.ConfiguredCredentials;
import dev.holdfast.oci.registry.Credential;
import dev.holdfast.oci.registry.Credentials;
import dev.holdfast.oci.registry.RegistriesFile;
import dev.holdfast.oci.registry.RegistryFailure;
import dev.holdfast.oci.registry.RegistryRules;
import dev.holdfast.oci.registry.RegistrySettings;
import dev.holdfast.oci.testing.ArchiveBuilder;
import dev.holdfast.oci.testing.Certificates;
import dev.holdfast.oci.testing.Folding;
import dev.holdfast.oci.testing.ImageBuilder;
import dev.holdfast.oci.testing.Images;
import dev.holdfast.oci.testing.RegistryServer;
import dev.holdfast.oci.testing.RegistryServer.Door;
import dev.holdfast.oci.testing.RegistryServer.Mood;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {
    /** Waits long for a byte, because a busy machine may be slow, and hardly at all before it tries again. */
    private static final Patience PATIENT =
            new Patience(3, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(20));

    private static final Credentials ROBOT =
            repository -> Optional.of(new Credential.UserPassword(RegistryServer.USER, RegistryServer.PASSWORD));

    @TempDir
    Path folder;

    private final ImageBuilder shop = image().platform("linux", "amd64", "")
            .layer(layer().file("etc/os-release", "ID=shop\n"), Folding.GZIP)
            .layer(layer().file("app/noise", noise(300_000)), Folding.GZIP);
    private final ImageBuilder shopForArm =
            image().platform("linux", "arm64", "v8").layer(layer().file("app/arm", "yes"));

    private RegistryServer server;
    private Credentials credentials = Credentials.NONE;
    private Map<String, List<String>> mirrors = Map.of();
    private Patience patience = PATIENT;
    private List<RegistriesFile> rules = List.of();
    private List<Path> certificates = List.of();
    private ByteSize cacheLimit = new ByteSize(1 << 30);
    private Memory memory = Memory.NONE;

    private static final Interest REMEMBERED = new Interest() {
        @Override
        public Want in(String path, FileHeader header) {
            return Want.CONTENT;
        }

        @Override
        public Optional<String> edition() {
            return Optional.of("everything");
        }
    };

    @BeforeEach
    void start() throws IOException {
        Path layout = folder.resolve("layout");
        ArchiveBuilder.ociFolder(layout, shop, shopForArm);
        server = new RegistryServer(layout);
        server.tag("1.4", shop.manifest());
        server.tag("multi", ArchiveBuilder.index(shop, shopForArm));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String noise(int length) {
        StringBuilder noise = new StringBuilder();
        Random random = new Random(7);
        while (noise.length() < length) {
            noise.append((char) ('!' + random.nextInt(90)));
        }
        return noise.toString();
    }

    private record Pulled(TargetDescription description, List<String> files, List<Gap> gaps) {}

    private Pulled pull(String name, String platform) throws InputException, IOException {
        Set<String> plainHosts = new HashSet<>(List.of(server.host()));
        mirrors.values().forEach(plainHosts::addAll);
        RegistrySettings settings = new RegistrySettings(
                folder.resolve("cache"),
                cacheLimit,
                credentials,
                new RegistryRules(plainHosts, mirrors, rules),
                certificates,
                new EnvironmentProxy(variable -> ""),
                patience,
                () -> Instant.parse("2026-11-25T10:00:00Z"));
        Place place = new Place.InRegistry(ImageReference.parse(name).orElseThrow(), settings);
        List<Target> targets = Targets.open(
                new TargetRequest(name, place, Optional.empty(), Platform.parse(platform)), Limits.DEFAULT, memory);
        assertThat(targets).hasSize(1);
        try (Images.Opened opened = Images.read(targets.getFirst(), REMEMBERED)) {
            opened.target().remember();
            return new Pulled(opened.target().description(), opened.files(), opened.gaps());
        }
    }

    @Test
    void asksForNoLayerThatItKnows() throws Exception {
        memory = new Memory(folder.resolve("facts"), "v1", () -> Instant.parse("2100-01-01T00:00:00Z"));
        Pulled first = pull("shop:1.4");
        deleteBlobs();
        int before = server.asked().size();

        Pulled second = pull("shop:1.4");

        assertThat(second).isEqualTo(first);
        assertThat(server.asked().subList(before, server.asked().size()))
                .noneMatch(asked -> asked.contains(blob(0)) || asked.contains(blob(1)));
    }

    private void deleteBlobs() throws IOException {
        try (var blobs = Files.list(folder.resolve("cache/sha256"))) {
            for (Path blob : blobs.toList()) {
                Files.delete(blob);
            }
        }
    }

    private Pulled pull(String name) throws InputException, IOException {
        return pull(server.host() + "/team/" + name, "");
    }

    private String blob(int layer) {
        return shop.layerDigest(layer);
    }

    @Test
    void pullsAnImageByTag() throws Exception {
        Pulled pulled = pull("shop:1.4");

        assertThat(pulled.files()).containsExactlyInAnyOrder("/etc/os-release", "/app/noise");
        assertThat(pulled.description().kind()).isEqualTo(TargetKind.REGISTRY);
        assertThat(pulled.description().tags()).containsExactly(server.host() + "/team/shop:1.4");
        assertThat(pulled.description().digest())
                .hasToString("Optional[" + ImageBuilder.digestOf(shop.manifest()) + "]");
        assertThat(pulled.gaps()).isEmpty();
    }

    @Test
    void pullsAnImageByDigestAndRefusesAnotherContent() throws Exception {
        String digest = ImageBuilder.digestOf(shop.manifest());
        assertThat(pull("shop@" + digest).files()).hasSize(2);

        server.tag(digest, shopForArm.manifest());
        assertThatThrownBy(() -> pull("shop@" + digest))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("damaged or was changed");
    }

    @Test
    void takesTheWantedPlatformAndNothingOfTheOthers() throws Exception {
        Pulled pulled = pull(server.host() + "/team/shop:multi", "linux/arm64");

        assertThat(pulled.files()).containsExactly("/app/arm");
        assertThat(server.asked()).noneMatch(line -> line.contains(ImageBuilder.digestOf(shop.manifest())));
        assertThatThrownBy(() -> pull(server.host() + "/team/shop:multi", "linux/s390x"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no image for linux/s390x; it holds linux/amd64, linux/arm64/v8");
    }

    @Test
    void secondPullLoadsNoBlobAgain() throws Exception {
        pull("shop:1.4");
        int before = server.asked().size();

        pull("shop:1.4");

        assertThat(server.asked().subList(before, server.asked().size()))
                .containsExactly("/v2/team/shop/manifests/1.4 200");
    }

    @Test
    void cacheStaysWithinItsLimit() throws Exception {
        cacheLimit = new ByteSize(1);
        pull("shop:1.4");

        try (Stream<Path> kept = Files.walk(folder.resolve("cache"))) {
            assertThat(kept.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void showsATokenThatAnybodyGets() throws Exception {
        server.door(Door.TOKEN);

        assertThat(pull("shop:1.4").files()).hasSize(2);
        assertThat(server.asked()).containsOnlyOnce("/token 200");
    }

    @Test
    void tradesThePasswordForAToken() throws Exception {
        server.door(Door.USERS_TOKEN);
        assertThatThrownBy(() -> pull("shop:1.4"))
                .isInstanceOf(RegistryFailure.class)
                .hasMessageContaining("gives no token to a stranger; log in with: docker login");

        credentials = ROBOT;
        assertThat(pull("shop:1.4").files()).hasSize(2);
        assertThat(server.asked()).contains("/token 200 Basic");
    }

    @Test
    void showsAPasswordOnlyWhenAsked() throws Exception {
        credentials = ROBOT;
        pull("shop:1.4");
        assertThat(server.asked()).noneMatch(line -> line.contains("Basic"));

        server.door(Door.BASIC);
        assertThat(pull("shop:1.4").files()).hasSize(2);
    }

    @Test
    void challengeLoopEnds() {
        server.door(Door.LOOP);

        assertThatThrownBy(() -> pull("shop:1.4"))
                .isInstanceOf(RegistryFailure.class)
                .hasMessageContaining("access denied (401)");
        assertThat(server.asked()).hasSizeLessThan(10);
    }

    @Test
    void credentialsNeverFollowARedirectToAnotherHost() throws Exception {
        credentials = ROBOT;
        server.door(Door.BASIC);
        try (RegistryServer store = new RegistryServer(folder.resolve("layout"))) {
            server.blobsAt(store.host());

            assertThat(pull("shop:1.4").files()).hasSize(2);
            assertThat(store.asked()).isNotEmpty().noneMatch(line -> line.contains("Basic"));
        }
    }

    @Test
    void waitsWhereTheRegistryIsBusy() throws Exception {
        server.next("/manifests/1.4", Mood.BUSY, Mood.BROKEN);

        assertThat(pull("shop:1.4").files()).hasSize(2);
    }

    @Test
    void busyRegistryIsGivenUpInTheEnd() {
        server.next("/manifests/1.4", Mood.BUSY, Mood.BUSY, Mood.BUSY, Mood.BUSY);

        assertThatThrownBy(() -> pull("shop:1.4"))
                .isInstanceOf(RegistryFailure.class)
                .hasMessageContaining("too many requests (429)");
    }

    @Test
    void brokenConnectionIsContinuedWhereItEnded() throws Exception {
        server.next(blob(1), Mood.CUT);

        assertThat(pull("shop:1.4").gaps()).isEmpty();
        assertThat(server.asked()).anyMatch(line -> line.endsWith(blob(1) + " 206"));
    }

    @Test
    void silentConnectionIsGivenUpAndContinued() throws Exception {
        patience = new Patience(3, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(800));
        server.next(blob(1), Mood.SILENT);

        assertThat(pull("shop:1.4").files()).hasSize(2);
    }

    @Test
    void truncatedBlobIsToldWithItsBytes() {
        server.next(blob(1), Mood.CUT, Mood.CUT, Mood.CUT, Mood.CUT);

        assertThatThrownBy(() -> pull("shop:1.4"))
                .isInstanceOf(RegistryFailure.class)
                .hasMessageMatching(".*the connection broke after [\\d,]+ of [\\d,]+ bytes of blob sha256:.*");
    }

    @Test
    void changedBlobIsRefusedAndNotKept() throws Exception {
        server.next(blob(1), Mood.CHANGED);

        assertThatThrownBy(() -> pull("shop:1.4"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("blob sha256:")
                .hasMessageContaining("damaged or was changed");
        assertThat(pull("shop:1.4").files()).hasSize(2);
    }

    @Test
    void blobLongerThanPromisedIsRefused() {
        server.next(blob(1), Mood.LONGER);

        assertThatThrownBy(() -> pull("shop:1.4"))
                .isInstanceOf(RegistryFailure.class)
                .hasMessageContaining("is longer than the");
    }

    @Test
    void missingTagIsToldAsWrongInput() {
        assertThatThrownBy(() -> pull("shop:9"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the registry has no " + server.host() + "/team/shop with tag 9");
    }

    @Test
    void registryThatIsGoneIsToldInOneLine() {
        server.close();

        assertThatThrownBy(() -> pull("shop:1.4"))
                .isInstanceOf(RegistryFailure.class)
                .hasMessageContaining(server.host() + ": cannot be reached");
    }

    @Test
    void oldManifestFormatIsNamed() {
        server.tag("old", "{\"schemaVersion\":1,\"fsLayers\":[]}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> pull("shop:old")).hasMessageContaining("manifest schema 1");
    }

    @Test
    void mirrorIsAskedFirst() throws Exception {
        try (RegistryServer mirror = new RegistryServer(folder.resolve("layout"))) {
            mirror.tag("1.4", shop.manifest());
            mirrors = Map.of(server.host(), List.of(mirror.host()));

            assertThat(pull("shop:1.4").description().tags()).containsExactly(server.host() + "/team/shop:1.4");
            assertThat(mirror.asked()).hasSize(4);
            assertThat(server.asked()).isEmpty();
        }
    }

    @Test
    void registryItselfHasWhatItsMirrorLacks() throws Exception {
        try (RegistryServer mirror = new RegistryServer(folder.resolve("layout"))) {
            mirrors = Map.of(server.host(), List.of(mirror.host()));

            assertThat(pull("shop:1.4").files()).hasSize(2);
            assertThat(mirror.asked()).contains("/v2/team/shop/manifests/1.4 404");
        }
    }

    @Test
    void registryThatBelongsToAnotherNameIsAskedThere() throws Exception {
        Path file = Files.writeString(
                folder.resolve("registries.conf"),
                "[[registry]]\nprefix = \"shop.example\"\nlocation = \"" + server.host() + "\"\ninsecure = true\n");
        rules = RegistriesFile.of(file);

        Pulled pulled = pull("shop.example/team/shop:1.4", "");

        assertThat(pulled.files()).hasSize(2);
        assertThat(pulled.description().tags()).containsExactly("shop.example/team/shop:1.4");
    }

    @Test
    void registryThatWantsACertificateIsShownTheHostsOwn() throws Exception {
        Certificates made = Certificates.make(folder.resolve("keys"));
        try (RegistryServer closed = RegistryServer.overTls(folder.resolve("layout"), made.server())) {
            closed.tag("1.4", shop.manifest());
            String name = closed.host() + "/team/shop:1.4";
            Path own = Files.createDirectories(folder.resolve("certs.d").resolve(closed.host()));
            made.writeTrusted(own.resolve("ca.crt"));
            certificates = List.of(folder.resolve("certs.d"));

            assertThatThrownBy(() -> pull(name, "")).isInstanceOf(RegistryFailure.class);
            made.writeShown(own.resolve("client.cert"), own.resolve("client.key"));
            assertThat(pull(name, "").files()).hasSize(2);

            Files.delete(own.resolve("client.key"));
            assertThatThrownBy(() -> pull(name, "")).hasMessageContaining("needs its key, client.key");
        }
    }

    @Test
    void credentialsAreFoundInDockersFile() throws Exception {
        String auth = Base64.getEncoder().encodeToString("robot:correct horse".getBytes(StandardCharsets.UTF_8));
        Path config = Files.writeString(
                folder.resolve("config.json"),
                "{\"auths\":{\"https://index.docker.io/v1/\":{\"auth\":\"" + auth + "\"},"
                        + "\"registry.example\":{\"identitytoken\":\"t0\"},"
                        + "\"registry.example/team\":{\"username\":\"u\",\"password\":\"p\"}}}");
        ConfiguredCredentials found = new ConfiguredCredentials(List.of(folder.resolve("absent"), config));

        assertThat(found.of("docker.io/library/nginx")).contains(new Credential.UserPassword("robot", "correct horse"));
        assertThat(found.of("registry.example/other")).contains(new Credential.IdentityToken("t0"));
        assertThat(found.of("registry.example/team/shop")).contains(new Credential.UserPassword("u", "p"));
        assertThat(found.of("registry.example.evil/team/shop")).isEmpty();
    }

    @Test
    void namesOfCredentialHelpersThatAreNoNamesAreNotRun() throws Exception {
        Path config = Files.writeString(folder.resolve("config.json"), "{\"credsStore\":\"x; touch owned\"}");

        assertThatThrownBy(() -> new ConfiguredCredentials(List.of(config)).of("registry.example/a"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not run");
    }
}
