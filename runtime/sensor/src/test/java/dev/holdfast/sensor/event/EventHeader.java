package dev.holdfast.sensor.event;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The structures of {@code events.h}, laid out as the compiler does: the independent side of the layout tests. */
public final class EventHeader {
    private static final Pattern STRUCT = Pattern.compile("struct (\\w+) \\{(.*?)\\n\\};", Pattern.DOTALL);
    private static final Pattern MEMBER = Pattern.compile("(struct \\w+|u8|u16|u32|u64|s32|s64|char) ([^;]+);");
    private static final Pattern NUMBER = Pattern.compile("^    ([A-Z0-9_]+) = (\\d+),", Pattern.MULTILINE);

    private final Map<String, Integer> offsets = new HashMap<>();
    private final Map<String, Integer> sizes =
            new HashMap<>(Map.of("u8", 1, "char", 1, "u16", 2, "u32", 4, "s32", 4, "u64", 8, "s64", 8));
    private final Map<String, Integer> types = new LinkedHashMap<>();

    public EventHeader() {
        String text = read();
        Matcher numbers = NUMBER.matcher(text);
        while (numbers.find()) {
            types.put(numbers.group(1), Integer.parseInt(numbers.group(2)));
        }
        Matcher structs = STRUCT.matcher(text.replaceAll("(?s)/\\*.*?\\*/", ""));
        while (structs.find()) {
            layOut(structs.group(1), structs.group(2));
        }
    }

    private static String read() {
        try {
            return Files.readString(Path.of("src/main/bpf/events.h"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void layOut(String struct, String members) {
        int at = 0;
        int widest = 1;
        Matcher matcher = MEMBER.matcher(members);
        while (matcher.find()) {
            int size = known(sizes, matcher.group(1));
            int alignment = matcher.group(1).startsWith("struct") ? 8 : size;
            widest = Math.max(widest, alignment);
            for (String name : matcher.group(2).split(",")) {
                String member = name.strip();
                int count = 1;
                if (member.contains("[")) {
                    count = Integer.parseInt(member.substring(member.indexOf('[') + 1, member.indexOf(']')));
                    member = member.substring(0, member.indexOf('['));
                }
                at = (at + alignment - 1) / alignment * alignment;
                offsets.put(struct + "." + member, at);
                at += size * count;
            }
        }
        sizes.put("struct " + struct, (at + widest - 1) / widest * widest);
    }

    /** Where a member lies, as {@code struct.member}. */
    public int offset(String member) {
        return known(offsets, member);
    }

    /** Whether a member, or the end, lies there. */
    boolean starts(String struct, int offset) {
        return size(struct) == offset
                || offsets.entrySet().stream()
                        .anyMatch(entry -> entry.getKey().startsWith(struct + ".") && entry.getValue() == offset);
    }

    public int size(String struct) {
        return known(sizes, "struct " + struct);
    }

    private static int known(Map<String, Integer> numbers, String name) {
        return Objects.requireNonNull(numbers.get(name), name);
    }

    /** The numbers of {@code enum type}. */
    Map<String, Integer> types() {
        return types;
    }
}
