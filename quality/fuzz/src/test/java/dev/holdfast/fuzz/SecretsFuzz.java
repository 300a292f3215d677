package dev.holdfast.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.core.Gaps;
import dev.holdfast.secrets.FileScan;
import dev.holdfast.secrets.Secret;
import dev.holdfast.secrets.SecretScanner;
import dev.holdfast.secrets.catalogue.Examples;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What an image may hold as a file, looked through for secrets: text, archives, keys, keystores, classes, packs of git. */
class SecretsFuzz {
    /** Paths for which a file is looked at in another way. */
    private static final String[] PATHS = {
        "/app/.env",
        "/app/settings.yml",
        "/root/.netrc",
        "/root/.pgpass",
        "/etc/shadow",
        "/etc/redis/users.acl",
        "/app/A.java",
        "/app/.git/objects/ab/cd",
        "/app/.git/objects/pack/a.pack",
        "/app/a.jar",
        "/root/.m2/settings-security.xml",
        "/app/userlist.txt"
    };

    private static final SecretScanner SCANNER = new SecretScanner(new byte[] {1}, Hostile.LIMITS);

    @MethodSource("seeds")
    @FuzzTest
    void file(byte[] bytes) {
        Hostile.feedTo(() -> {
            String path = PATHS[bytes.length % PATHS.length];
            List<Secret> found = new ArrayList<>();
            FileScan files = SCANNER.files(found::add, new Gaps());
            int half = bytes.length / 2;
            files.begin(path);
            files.content(bytes, 0, half);
            files.content(bytes, half, bytes.length - half);
            files.end();
            files.close();
            for (Secret secret : found) {
                if (secret.line() < 0 || secret.length() < 1) {
                    throw new AssertionError("no such place: " + secret);
                }
            }
        });
    }

    @MethodSource("seeds")
    @FuzzTest
    void text(byte[] bytes) {
        String text = new String(bytes, ISO_8859_1);
        Hostile.feedTo(() -> SCANNER.inText("history", text));
        Hostile.feedTo(() -> SCANNER.redact(text));
    }

    static Stream<byte[]> seeds() {
        Stream<byte[]> examples = Examples.all(new Random(1)).stream()
                .map(example -> example.text().getBytes(ISO_8859_1));
        byte[] jar = Seeds.zip("application.properties", "db.password=a1b2c3d4e5\n", "inner/a.txt", "text");
        return Stream.concat(examples.limit(60), Stream.of(jar));
    }
}
