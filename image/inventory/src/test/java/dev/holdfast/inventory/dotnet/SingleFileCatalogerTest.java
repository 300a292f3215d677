package dev.holdfast.inventory.dotnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Cataloged;
import dev.holdfast.inventory.Corpus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bundle is written behind a real host program, as the SDK does it. */
class SingleFileCatalogerTest {
    private static final byte[] SIGNATURE =
            HexFormat.of().parseHex("8b1202b96a612038727b930214d7a03213f5b9e6efae3318ee3b2dce24b36aae");
    private static final String JSON = "{\"libraries\":{\"App/1.0.0\":{\"type\":\"project\"},"
            + "\"Newtonsoft.Json/12.0.1\":{\"type\":\"package\"},"
            + "\"runtimepack.Microsoft.NETCore.App.Runtime.win-x64/8.0.0\":{\"type\":\"runtimepack\"}}}";

    private final SingleFileCataloger cataloger = new SingleFileCataloger();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 6})
    void packagesOfABundleAreNamed(int version) throws Exception {
        Cataloged found = Cataloged.of(cataloger, "/app/app.exe", bundle(version, JSON));
        assertThat(found.namesAndVersions())
                .containsExactly("Newtonsoft.Json 12.0.1", "Microsoft.NETCore.App.Runtime.win-x64 8.0.0");
    }

    @Test
    void realFileOfDependenciesIsReadFromABundle() throws Exception {
        String json =
                new String(Corpus.bytes("lockfiles/syft-pe-net8-app-single-file.deps.json"), StandardCharsets.UTF_8);
        assertThat(Cataloged.of(cataloger, "/app/app.exe", bundle(6, json)).packages())
                .hasSize(52);
    }

    @Test
    void hostWithoutABundleAndOtherProgramsNameNothing() throws Exception {
        for (String program :
                new String[] {"dotnet-HelloWorldApp.exe", "go-test.elf", "rust-test.exe", "go-test.macho"}) {
            assertThat(Cataloged.of(cataloger, "/app/app", Corpus.bytes("binaries/" + program))
                            .packages())
                    .isEmpty();
        }
    }

    @Test
    void bundleThatPointsOutsideOfTheFileSaysSo() throws Exception {
        byte[] whole = bundle(6, JSON);
        byte[] cut = Arrays.copyOf(whole, whole.length - 300);
        assertThatThrownBy(() -> Cataloged.of(cataloger, "/app/app.exe", cut)).isInstanceOf(InputException.class);
        for (long place : new long[] {-1, Long.MAX_VALUE, whole.length - 3}) {
            byte[] wrong = whole.clone();
            ByteBuffer.wrap(wrong).order(ByteOrder.LITTLE_ENDIAN).putLong(find(wrong) - 8, place);
            assertThatThrownBy(() -> Cataloged.of(cataloger, "/app/app.exe", wrong))
                    .isInstanceOf(InputException.class);
        }
    }

    private static byte[] bundle(int version, String json) throws IOException {
        byte[] host = Corpus.bytes("binaries/dotnet-HelloWorldApp.exe");
        byte[] content = json.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        ByteBuffer head = ByteBuffer.allocate(12 + 1 + 200).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(version).putInt(0).putInt(2).put((byte) 200).put((byte) 1);
        bundle.write(head.array(), 0, head.position());
        bundle.write("i".repeat(200).getBytes(StandardCharsets.UTF_8));
        if (version >= 2) {
            bundle.write(longs(host.length, content.length, 0, 0, 0));
        }
        writeEntry(bundle, version, 1, 5, (byte) 1, "App.dll");
        writeEntry(bundle, version, host.length, content.length, (byte) 3, "App.deps.json");
        ByteBuffer file = ByteBuffer.allocate(host.length + content.length + bundle.size())
                .order(ByteOrder.LITTLE_ENDIAN);
        file.put(host).put(content).put(bundle.toByteArray());
        file.putLong(find(host) - 8, host.length + content.length);
        return file.array();
    }

    private static void writeEntry(
            ByteArrayOutputStream bundle, int version, long place, long size, byte kind, String path)
            throws IOException {
        bundle.write(version >= 6 ? longs(place, size, 0) : longs(place, size));
        bundle.write(kind);
        bundle.write(path.length());
        bundle.write(path.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] longs(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            bytes.putLong(value);
        }
        return bytes.array();
    }

    private static int find(byte[] bytes) {
        for (int at = 0; at < bytes.length - SIGNATURE.length; at++) {
            if (Arrays.equals(bytes, at, at + SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
                return at;
            }
        }
        throw new AssertionError("the host has no place for a bundle");
    }
}
