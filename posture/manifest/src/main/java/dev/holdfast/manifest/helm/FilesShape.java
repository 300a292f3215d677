package dev.holdfast.manifest.helm;

import dev.holdfast.manifest.template.FileGroup;
import dev.holdfast.manifest.template.TemplateFault;
import dev.holdfast.manifest.template.Values;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** {@code .Files}: the other files of a chart. Only what was read with the chart is here, so no name leads anywhere else. */
record FilesShape(SortedMap<String, byte[]> files, YamlWriting yaml) implements FileGroup {
    /** How a map is written as YAML. */
    interface YamlWriting {
        String write(Map<String, Object> map) throws TemplateFault;
    }

    @Override
    public String typeName() {
        return "engine.files";
    }

    @Override
    public Map<String, Object> contents() {
        return new TreeMap<>(files);
    }

    @Override
    public Optional<Object> member(String name, List<Object> arguments) throws TemplateFault {
        return switch (name) {
            case "Get" -> Optional.of(text(wanted(name, arguments)));
            case "GetBytes" -> Optional.of(files.getOrDefault(wanted(name, arguments), new byte[0]));
            case "Glob" -> Optional.of(matching(wanted(name, arguments)));
            case "Lines" -> Optional.of(lines(wanted(name, arguments)));
            case "AsConfig" -> Optional.of(map(false));
            case "AsSecrets" -> Optional.of(map(true));
            default -> Optional.ofNullable(files.get(name));
        };
    }

    private static String wanted(String method, List<Object> arguments) throws TemplateFault {
        if (arguments.size() != 1) {
            throw TemplateFault.of("wrong number of args for " + method + ": want 1 got " + arguments.size());
        }
        if (!(arguments.getFirst() instanceof String name)) {
            throw TemplateFault.of(
                    "wrong type for value; expected string; got " + Values.typeName(arguments.getFirst()));
        }
        return name;
    }

    private String text(String name) {
        byte[] content = files.get(name);
        return content == null ? "" : new String(content, StandardCharsets.UTF_8);
    }

    private FilesShape matching(String pattern) {
        Pattern glob = Glob.files(pattern);
        TreeMap<String, byte[]> matching = new TreeMap<>();
        files.forEach((name, content) -> {
            if (glob.matcher(name).matches()) {
                matching.put(name, content);
            }
        });
        return new FilesShape(matching, yaml);
    }

    private List<Object> lines(String name) {
        String content = text(name);
        if (content.isEmpty()) {
            return Values.list();
        }
        String whole = content.endsWith("\n") ? content.substring(0, content.length() - 1) : content;
        return new ArrayList<>(Arrays.asList(whole.split("\n", -1)));
    }

    private String map(boolean isSecret) throws TemplateFault {
        Map<String, Object> map = Values.map();
        files.forEach((path, content) -> map.put(
                path.substring(path.lastIndexOf('/') + 1),
                isSecret ? Base64.getEncoder().encodeToString(content) : new String(content, StandardCharsets.UTF_8)));
        return yaml.write(map);
    }

    @Override
    public String toString() {
        return "map" + files.keySet();
    }
}
