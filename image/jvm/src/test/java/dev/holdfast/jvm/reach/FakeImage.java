package dev.holdfast.jvm.reach;

import dev.holdfast.archive.zip.SeekableBytes;
import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Reach;
import dev.holdfast.jvm.reach.image.ImageFiles;
import dev.holdfast.jvm.reach.image.StartSettings;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** An image in memory: files, symbolic links, and how it starts. */
final class FakeImage implements ImageFiles {
    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private final Map<String, String> links = new HashMap<>();
    private final List<String> environment = new ArrayList<>();
    private List<String> words = List.of();
    private String folder = "/";
    private final Gaps gaps = new Gaps();
    private Optional<ReachReport> report = Optional.empty();

    FakeImage file(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    FakeImage file(String path, String content) {
        return file(path, Sources.text(content));
    }

    FakeImage files(String folder, Map<String, byte[]> contents) {
        contents.forEach((name, content) -> file(folder + "/" + name, content));
        return this;
    }

    FakeImage link(String from, String to) {
        links.put(from, to);
        return this;
    }

    FakeImage starts(String... command) {
        words = List.of(command);
        return this;
    }

    FakeImage in(String workingDirectory) {
        folder = workingDirectory;
        return this;
    }

    FakeImage variable(String line) {
        environment.add(line);
        return this;
    }

    @Override
    public Optional<Kind> kind(String path) {
        String real = real(path);
        if (files.containsKey(real)) {
            return Optional.of(Kind.FILE);
        }
        String prefix = real.equals("/") ? "/" : real + "/";
        String next = files.ceilingKey(prefix);
        return next != null && next.startsWith(prefix) ? Optional.of(Kind.FOLDER) : Optional.empty();
    }

    @Override
    public String real(String path) {
        return links.getOrDefault(path, path);
    }

    @Override
    public List<String> children(String parent) {
        String prefix = parent.equals("/") ? "/" : parent + "/";
        TreeSet<String> names = new TreeSet<>();
        for (String path : files.keySet()) {
            if (path.startsWith(prefix)) {
                int slash = path.indexOf('/', prefix.length());
                names.add(slash < 0 ? path.substring(prefix.length()) : path.substring(prefix.length(), slash));
            }
        }
        return List.copyOf(names);
    }

    @Override
    public SeekableBytes open(String path) throws IOException {
        byte[] content = files.get(real(path));
        if (content == null) {
            throw new FileNotFoundException(path);
        }
        return SeekableBytes.of(content);
    }

    ReachReport report() {
        if (report.isEmpty()) {
            StartSettings settings = StartSettings.of(environment, words, List.of(), folder);
            List<String> archives = files.keySet().stream()
                    .filter(path -> path.endsWith(".jar"))
                    .toList();
            report = Optional.of(new Pathfinder(Limits.DEFAULT).explore(this, settings, archives, gaps));
        }
        return report.get();
    }

    List<Gap> gaps() {
        report();
        return gaps.list();
    }

    Reach reach(String place) {
        return report().of(place, "x:y", Set.of());
    }

    Reach.Status status(String place) {
        return reach(place).status();
    }
}
