package dev.holdfast.reach;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.archive.TarEntry;
import dev.holdfast.archive.TarSink;
import dev.holdfast.archive.TarWalker;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.kube.given.GivenObjects;
import dev.holdfast.kube.given.LiveObjects;
import dev.holdfast.reach.read.NetworkReader;
import io.airlift.compress.v3.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The answers that others gave about real and made-up clusters, with their manifests. */
final class RecordedCases {
    private final Path folder;

    /** Files of the packed inputs by their paths. */
    private final Map<String, String> packed = new TreeMap<>();

    RecordedCases() throws InputException, IOException {
        folder = Path.of(System.getProperty("holdfast.shared", "absent"), "oracles", "reach");
        assumeTrue(Files.isDirectory(folder), "the recorded answers are not at hand (-Dholdfast.shared)");
        for (String archive : List.of("cyclonus", "network-config-analyzer")) {
            unpack(folder.resolve("inputs").resolve(archive + ".tar.zst"));
        }
    }

    private void unpack(Path archive) throws InputException, IOException {
        TarSink sink = new TarSink() {
            private String name = "";
            private final ByteArrayOutputStream content = new ByteArrayOutputStream();

            @Override
            public boolean entry(TarEntry entry) {
                name = new String(entry.name(), 0, entry.nameLength(), StandardCharsets.UTF_8);
                content.reset();
                return entry.type() == TarEntry.Type.FILE;
            }

            @Override
            public void content(byte[] bytes, int offset, int length) {
                content.write(bytes, offset, length);
            }

            @Override
            public void contentEnd() {
                packed.put("inputs/" + name, content.toString(StandardCharsets.UTF_8));
            }
        };
        try (ZstdInputStream in = new ZstdInputStream(Files.newInputStream(archive))) {
            byte[] bytes = in.readAllBytes();
            TarWalker walker = new TarWalker(sink, Limits.DEFAULT);
            walker.accept(bytes, 0, bytes.length);
            walker.finish();
        }
    }

    /** Cases of some kinds, each with its answer. */
    List<JsonValue> of(String... kinds) throws InputException, IOException {
        List<JsonValue> cases = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder.resolve("cases"))) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".json") && !name.contains(".upstream.")) {
                    JsonValue one = Json.parse(Files.readAllBytes(file), Limits.DEFAULT);
                    if (List.of(kinds).contains(one.get("kind").text().orElse(""))) {
                        cases.add(one);
                    }
                }
            }
        }
        return cases;
    }

    /** Everything that an input holds. */
    NetworkReader objects(String input) throws InputException, IOException {
        NetworkReader reader = new NetworkReader("default");
        boolean isPacked = false;
        for (Map.Entry<String, String> file : packed.entrySet()) {
            if (file.getKey().startsWith(input + "/")) {
                isPacked = true;
                GivenObjects.text(file.getKey(), file.getValue(), reader, Limits.DEFAULT);
            }
        }
        if (!isPacked) {
            new GivenObjects(reader, new LiveObjects(List.of(), Path.of("absent"), name -> ""), Limits.DEFAULT)
                    .read(List.of(folder.resolve(input).toString()), new ByteArrayInputStream(new byte[0]));
        }
        return reader;
    }
}
