package dev.holdfast.watch.host;

import static dev.holdfast.watch.host.SyscallFields.text;

import dev.holdfast.rules.event.Value;
import dev.holdfast.watch.host.SyscallFields.Reader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields {@code fs.path.*} and {@code evt.abspath}: the paths that a call is about, of calls that failed, too. */
final class PathFields {
    /** The parameters that a call's only path may have; {@code special} is the device of quotactl. */
    private static final List<String> NAMES = List.of("path", "name", "filename", "pathname", "dir", "special");

    private PathFields() {}

    static void addTo(Map<String, Reader> fields) {
        fields.put("evt.abspath", (event, use, into) -> text(into, absolute(event, use.argument())));
        fields.put("fs.path.name", (event, use, into) -> path(event, NAMES, false, into));
        fields.put("fs.path.nameraw", (event, use, into) -> path(event, NAMES, true, into));
        fields.put("fs.path.source", (event, use, into) -> path(event, source(event), false, into));
        fields.put("fs.path.sourceraw", (event, use, into) -> path(event, source(event), true, into));
        fields.put("fs.path.target", (event, use, into) -> path(event, target(event), false, into));
        fields.put("fs.path.targetraw", (event, use, into) -> path(event, target(event), true, into));
    }

    /** Of a link, the link is the source, and what it leads to the target. */
    private static List<String> source(SyscallEvent event) {
        if (event.type().name().equals("mount")) {
            return List.of("dev");
        }
        return isHardLink(event) ? List.of("newpath") : List.of("oldpath", "linkpath");
    }

    private static List<String> target(SyscallEvent event) {
        return isHardLink(event) ? List.of("oldpath") : List.of("newpath", "target", "dir");
    }

    private static boolean isHardLink(SyscallEvent event) {
        return event.type().name().startsWith("link");
    }

    private static String absolute(SyscallEvent event, Optional<String> which) {
        List<String> names = which.filter(end -> end.equals("src")).isPresent()
                ? List.of("oldpath", "path", "name", "filename", "pathname", "linkpath")
                : which.filter(end -> end.equals("dst")).isPresent()
                        ? List.of("newpath", "path", "name", "filename", "pathname", "linkpath")
                        : List.of("path", "name", "filename", "pathname", "linkpath", "oldpath");
        Value value = new Value();
        path(event, names, false, value);
        return value.isAbsent() ? "" : value.text();
    }

    private static void path(SyscallEvent event, List<String> names, boolean isRaw, Value into) {
        if (event.head().isEntry() || !isOfFiles(event)) {
            return;
        }
        for (String name : names) {
            int index = event.arguments().indexOf(name);
            if (index >= 0 && !event.arguments().isNumber(index)) {
                text(into, isRaw ? event.arguments().plain(index) : resolved(event, name, index));
                return;
            }
        }
        boolean isByDescriptor =
                event.type().name().equals("fchmod") || event.type().name().equals("fchown");
        if (isByDescriptor && names.equals(NAMES)) {
            event.descriptor().ifPresent(changed -> text(into, changed.name()));
        }
    }

    /** The absolute path; what a symbolic link leads to is a text, which counts from the working folder as everything else does. */
    private static String resolved(SyscallEvent event, String name, int index) {
        String meaning = event.arguments().meaning(index);
        if (!meaning.isEmpty()) {
            return meaning;
        }
        String plain = event.arguments().plain(index);
        return name.equals("target") ? Paths.resolve(event.task().workingFolder(), plain) : plain;
    }

    private static boolean isOfFiles(SyscallEvent event) {
        return event.head().category().equals("file")
                || event.type().name().startsWith("mknod")
                || event.type().name().equals("quotactl");
    }
}
