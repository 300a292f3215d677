package dev.holdfast.secrets;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.Limits;
import dev.holdfast.secrets.catalogue.Examples;
import dev.holdfast.secrets.catalogue.Kind;
import dev.holdfast.secrets.catalogue.Kinds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Where and how secrets stand in files; what only looks like one; and bytes that want to break the search. */
class FileScanTest {
    private static final long SEED = Long.getLong("holdfast.seed", 1);
    private static final SecretScanner SCANNER = new SecretScanner(new byte[] {1}, Limits.DEFAULT);
    private static final Kind GITHUB = Kinds.all().getFirst();

    private final RandomGenerator random = new Random(SEED);
    private final String token = Examples.value(GITHUB, random);
    private final String password = "k" + random.nextLong(100_000_000_000L, 999_999_999_999L) + "Qz";
    private final Gaps gaps = new Gaps();

    @Test
    void findsAValueWhereverAWindowEnds() {
        for (int before : new int[] {1_000, 245_700, 245_759, 245_760, 262_100, 262_143, 262_144, 500_000}) {
            String text = "x\n".repeat(before / 2) + (before % 2 == 1 ? " " : "") + token + "\n";
            assertThat(scan("/app/a.log", text))
                    .as("%d bytes before", before)
                    .extracting(Secret::kind, Secret::line, Secret::length)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("github-token", before / 2 + 1, 40));
        }
    }

    @Test
    void findsTheSameHoweverTheBytesArrive() {
        byte[] text = ("a: b\npassword: " + password + "\ntoken: " + token + "\n").getBytes(UTF_8);
        List<Secret> whole = scan("/app/a.yml", text);
        List<Secret> pieces = new ArrayList<>();
        FileScan files = SCANNER.files(pieces::add, gaps);
        files.begin("/app/a.yml");
        for (int i = 0; i < text.length; i++) {
            files.content(text, i, 1);
        }
        files.end();

        assertThat(whole).hasSize(2).isEqualTo(pieces);
    }

    @Test
    void findsUtf16WithAndWithoutItsMark() {
        String text = "[db]\r\npassword=" + password + "\r\n";

        assertThat(scan("/app/a.ini", ("\ufeff" + text).getBytes(UTF_16LE))).hasSize(1);
        assertThat(scan("/app/a.ini", ("\ufeff" + text).getBytes(UTF_16BE))).hasSize(1);
        assertThat(scan("/app/a.ini", text.getBytes(UTF_16LE)))
                .extracting(Secret::line)
                .containsExactly(2);
    }

    @Test
    void findsSplitLiterals() {
        String java = "String token = \"" + token.substring(0, 9) + "\" +\n    \"" + token.substring(9) + "\";";
        assertThat(scan("/app/A.java", java)).extracting(Secret::kind).containsExactly("github-token");

        String php = "$t = '" + token.substring(0, 9) + "' . '" + token.substring(9) + "';";
        assertThat(scan("/app/a.php", php)).extracting(Secret::kind).containsExactly("github-token");
    }

    @Test
    void findsInArchivesInArchives() throws IOException {
        byte[] inner = zip("conf/a.yml", ("password: " + password + "\n").getBytes(UTF_8));
        assertThat(scan("/app/a.war", zip("lib/b.jar", inner)))
                .extracting(Secret::path)
                .containsExactly("/app/a.war ▸ lib/b.jar ▸ conf/a.yml");

        assertThat(scan("/app/a.yml.gz", gzip(("password: " + password + "\n").getBytes(UTF_8))))
                .extracting(Secret::path)
                .containsExactly("/app/a.yml.gz ▸ a.yml");
    }

    @Test
    void findsInObjectsOfGit() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zlib = new DeflaterOutputStream(bytes)) {
            zlib.write(("blob 12\0DB_PASSWORD=" + password + "\n").getBytes(UTF_8));
        }

        assertThat(scan("/app/.git/objects/ab/cdef", bytes.toByteArray()))
                .extracting(Secret::kind)
                .containsExactly("database-password");
    }

    @Test
    void findsPrivateKeysByTheirContentAndNoPublicOnes() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        KeyPair pair = generator.generateKeyPair();
        String pem = pem("PRIVATE KEY", pair.getPrivate().getEncoded());

        assertThat(scan("/app/a.key", pem)).extracting(Secret::kind).containsExactly("private-key");
        assertThat(scan("/app/A.java", "String k = \"" + pem.replace("\n", "\\n\" +\n \"") + "\";"))
                .hasSize(1);
        assertThat(scan("/app/a.der", pair.getPrivate().getEncoded())).hasSize(1);
        assertThat(scan("/app/a.pub", pem("PUBLIC KEY", pair.getPublic().getEncoded())))
                .isEmpty();
        assertThat(scan("/app/a.key", pem("PRIVATE KEY", pair.getPublic().getEncoded())))
                .isEmpty();
        assertThat(scan("/app/node_modules/tls/test/a.key", pem)).isEmpty();
    }

    @Test
    void readsFilesOfPasswords() {
        assertThat(scan("/root/.netrc", "machine a login b password " + password + "\n"))
                .extracting(Secret::kind)
                .containsExactly("netrc-password");
        assertThat(scan("/root/.pgpass", "# c\ndb:5432:*:app:" + password + "\n"))
                .extracting(Secret::kind, Secret::line)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("pgpass-password", 2));
        assertThat(scan("/etc/shadow", "root:*:1::::::\n")).isEmpty();
    }

    @Test
    void passesOverWhatIsNoSecret() {
        for (String innocent : List.of(
                "password: changeme",
                "password: ${DB_PASSWORD}",
                "password: \"{{ vault_password }}\"",
                "password: <your password>",
                "password: aaaaaaaaaaaa",
                "password: vault:secret/data/app#password",
                "token: op://vault/item/field",
                "secret: arn:aws:secretsmanager:eu-west-1:1:secret:app",
                "api_key: 00000000-0000-0000-0000-000000000000",
                "passwordField: com.corp.ui.PasswordField2",
                "url: https://user:password@example.com/")) {
            assertThat(scan("/app/a.yml", innocent + "\n")).as(innocent).isEmpty();
        }
        String wrong = token.substring(0, 39) + (token.charAt(39) == 'a' ? 'b' : 'a');
        assertThat(scan("/app/a.md", wrong)).isEmpty();
    }

    @Test
    void namesAPublishedSampleForWhatItIs() {
        String sample = "AKIA" + "IOSFODNN7" + "EXAMPLE";

        assertThat(scan("/app/.env", "AWS_ACCESS_KEY_ID=" + sample))
                .extracting(Secret::isSample, Secret::proof)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(true, "AWS documentation"));
    }

    @Test
    void tellsNothingOfTheValue() {
        List<Secret> found = scan("/app/.env", "DB_PASSWORD=" + password + "\nGITHUB_TOKEN=" + token + "\n");

        assertThat(found).hasSize(2);
        for (int i = 0; i + 8 <= password.length(); i++) {
            assertThat(found.toString()).doesNotContain(password.substring(i, i + 8));
        }
        for (int i = 0; i + 8 <= token.length(); i++) {
            assertThat(found.toString()).doesNotContain(token.substring(i, i + 8));
        }
    }

    @Test
    void namesEqualValuesEquallyUnderOneKeyOnly() {
        String text = "DB_PASSWORD=" + password;
        String first = scan("/a/.env", text).getFirst().fingerprint();
        List<Secret> other = new SecretScanner(new byte[] {2}, Limits.DEFAULT).inText("env", text);

        assertThat(scan("/b/.env", text).getFirst().fingerprint()).isEqualTo(first);
        assertThat(other.getFirst().fingerprint()).isNotEqualTo(first);
    }

    @Test
    void redactsEveryValueOfAText() {
        assertThat(SCANNER.redact("RUN DB_PASSWORD=" + password + " make && curl -u bot:" + password + " https://x"))
                .isEqualTo("RUN DB_PASSWORD=<database-password> make && curl -u bot:<password> https://x");
    }

    @Test
    void survivesAnArchiveThatIsCutOffAnywhere() throws IOException {
        byte[] whole = zip("lib/b.jar", zip("a.yml", ("password: " + password).getBytes(UTF_8)));
        for (int length = 0; length < whole.length; length++) {
            scan("/app/a.jar", Arrays.copyOf(whole, length));
        }
        scan("/app/b.jar", Arrays.copyOf(whole, 60));

        assertThat(gaps.list()).extracting(Gap::code).contains(Gap.Code.UNREADABLE);
    }

    @Test
    void stopsUnfoldingABomb() throws IOException {
        byte[] bomb = gzip(new byte[64 << 20]);
        List<Secret> found = new ArrayList<>();
        FileScan files = new SecretScanner(new byte[] {1}, Limits.DEFAULT.withRatio(100)).files(found::add, gaps);
        files.begin("/app/a.gz");
        files.content(bomb, 0, bomb.length);
        files.end();

        assertThat(gaps.list()).extracting(Gap::detail).anyMatch(detail -> detail.contains("unfolds to more than"));
    }

    @Test
    void survivesRandomBytesOfEveryBeginning() {
        byte[][] beginnings = {
            {'P', 'K', 3, 4},
            {0x1f, (byte) 0x8b, 8, 0},
            {0x78, (byte) 0x9c},
            {'P', 'A', 'C', 'K', 0, 0, 0, 2},
            {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe},
            {(byte) 0xfe, (byte) 0xed, (byte) 0xfe, (byte) 0xed, 0, 0, 0, 2},
            {0x30, (byte) 0x82, 4, 0, 2, 1, 3},
            "-----BEGIN PRIVATE KEY-----".getBytes(UTF_8)
        };
        Random noise = new Random(SEED);
        for (int round = 0; round < 400; round++) {
            byte[] bytes = new byte[noise.nextInt(3_000)];
            noise.nextBytes(bytes);
            byte[] beginning = beginnings[round % beginnings.length];
            System.arraycopy(beginning, 0, bytes, 0, Math.min(beginning.length, bytes.length));
            scan("/app/.git/objects/pack/x.pack", bytes);
        }
    }

    private List<Secret> scan(String path, String text) {
        return scan(path, text.getBytes(UTF_8));
    }

    private List<Secret> scan(String path, byte[] bytes) {
        List<Secret> found = new ArrayList<>();
        FileScan files = SCANNER.files(found::add, gaps);
        files.begin(path);
        files.content(bytes, 0, bytes.length);
        files.end();
        files.close();
        return found;
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----";
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    @Test
    void sortedTablesSelectorsAndRemarksAreNoSecrets() {
        String table =
                "A".repeat(40) + "BBBCCDDEEEEEFFFFFFFFFFFGGGGGGGGHHHHIIIIIIIIJJJKKKKLLMNNOOOOOPPPQRSTTTUUVVVVWWWWWW";

        assertThat(scan("/opt/app/program", table + "\0")).isEmpty();
        assertThat(scan("/app/chat.js", "var passcode = $(\"#connect_passcode9\").val();\n"))
                .isEmpty();
        assertThat(scan("/app/texts.properties", "tools.decryptionPassword=#Decryption_password7\n"))
                .isEmpty();
    }

    @Test
    void constantsOfLibrariesAreNotTakenForAnybodysSecrets() {
        String line = "dbPassword = \"" + password + "\"\n";

        assertThat(scan("/opt/app/lib/logging.jar ▸ a/B.class", line)).isEmpty();
        assertThat(scan("/opt/app/lib/logging.jar ▸ conf/a.yml", "password: " + password + "\n"))
                .hasSize(1);
    }

    /** A class of one constant, and behind it code that is not text. */
    private byte[] classWith(String constant) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, 52, 0, 2});
        bytes.writeBytes(new byte[] {1, 0, (byte) constant.length()});
        bytes.writeBytes(constant.getBytes(UTF_8));
        byte[] code = new byte[200_000];
        new Random(SEED).nextBytes(code);
        code[0] = 0; // the access flags
        bytes.writeBytes(code);
        return bytes.toByteArray();
    }

    /** An archive whose headers tell how long each entry is. */
    private static byte[] zipOfKnownLengths(String first, byte[] content, String second, byte[] more, int error)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < 2; i++) {
                byte[] plain = i == 0 ? content : more;
                ZipEntry entry = new ZipEntry(i == 0 ? first : second);
                CRC32 crc = new CRC32();
                crc.update(plain);
                Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
                deflater.setInput(plain);
                deflater.finish();
                entry.setCompressedSize(deflater.deflate(new byte[plain.length + 100]));
                entry.setSize(plain.length);
                entry.setCrc(crc.getValue());
                deflater.end();
                zip.putNextEntry(entry);
                zip.write(plain);
                zip.closeEntry();
            }
        }
        byte[] zip = bytes.toByteArray();
        zip[18] += (byte) error;
        return zip;
    }

    @Test
    void classesOfPackagesAreReadAsFarAsTheyHoldTexts() throws IOException {
        byte[] later = ("password: " + password + "\n").getBytes(UTF_8);
        byte[] zip = zipOfKnownLengths("a/B.class", classWith(token), "a.yml", later, 0);

        assertThat(scan("/opt/app/lib/logging.jar", zip))
                .extracting(Secret::kind)
                .containsExactly("github-token", "password");
        assertThat(scan("/opt/app/shop.jar", zip)).extracting(Secret::kind).containsExactly("github-token", "password");
        assertThat(gaps.list()).isEmpty();
    }

    @Test
    void entryThatIsNotAsLongAsItsHeaderSaysHidesNothingInSilence() throws IOException {
        byte[] later = ("password: " + password + "\n").getBytes(UTF_8);
        byte[] zip = zipOfKnownLengths("a/B.class", classWith("plain"), "a.yml", later, 1);

        assertThat(scan("/opt/app/lib/logging.jar", zip)).isEmpty();
        assertThat(gaps.list())
                .extracting(Gap::detail)
                .containsExactly(
                        "not looked through for secrets to its end: " + "an entry does not end where its header says");
    }

    @Test
    void nameThatIsTheLastWordIsNoAssignment() {
        for (String end : List.of(
                "password>x ", "password:{ ", "password=", "password> ", "\"password\", ", "password=>", "token: ")) {
            assertThat(SCANNER.inText("history", end)).isEmpty();
        }
    }
}
