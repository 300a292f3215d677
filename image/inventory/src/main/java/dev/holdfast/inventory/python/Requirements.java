package dev.holdfast.inventory.python;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Cataloger.RecordFile;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.format.TextLines;
import dev.holdfast.oci.FileContent;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * pip's requirements, a line each:
 *
 * <pre>
 *   line        = [ requirement | option ] [ SP "#" comment ] ;           a backslash at the end joins the next line
 *   requirement = name [ "[" extras "]" ] [ "(" ] { clause "," } clause [ ")" ] [ ";" marker ] { "--hash=" … } ;
 *   clause      = ( "==" | "===" | ">=" | … ) version ;
 *   option      = ( "-r" | "--requirement" ) path | "-c" path | … ;
 * </pre>
 *
 * <p>Only {@code ==} without a wildcard, and {@code ===}, name a version. What {@code -r} includes is read as part of the file, by paths
 * from the folder of the file that includes; constraints ({@code -c}) ask for nothing by themselves.
 */
final class Requirements {
    private static final String EVIDENCE = "requirements.txt";

    /** So many files may include one another; honest projects have a handful. */
    private static final int MOST_INCLUDED = 100;

    private final RecordFile file;
    private final Consumer<PackageRecord> packages;
    private final Deque<String> open = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();

    Requirements(RecordFile file, Consumer<PackageRecord> packages) {
        this.file = file;
        this.packages = packages;
    }

    void read() throws InputException, IOException {
        seen.add(file.path());
        read(file.bytes(), file.path());
        while (!open.isEmpty()) {
            String path = open.remove();
            Optional<FileContent> included = file.siblings().find(path);
            if (included.isPresent()) {
                read(included.get().readAll(file.limits().fileBytes()), path);
            } else {
                file.gaps().add(Gap.Code.UNREADABLE, file.path(), "includes " + path + ", which is not there");
            }
        }
    }

    private void read(byte[] bytes, String path) throws InputException {
        TextLines lines = new TextLines(bytes, file.limits());
        while (lines.advance()) {
            int number = lines.number();
            String line = lines.text();
            if (line.endsWith("\\")) {
                StringBuilder joined = new StringBuilder();
                while (line.endsWith("\\") && joined.length() < file.limits().lineBytes()) {
                    joined.append(line, 0, line.length() - 1).append(' ');
                    line = lines.advance() ? lines.text() : "";
                }
                line = joined.append(line).toString();
            }
            line = withoutComment(line).strip();
            if (line.startsWith("-")) {
                option(line, path);
            } else if (!line.isEmpty()) {
                requirement(line, path, number);
            }
        }
    }

    private static String withoutComment(String line) {
        int at = line.indexOf('#');
        while (at > 0 && line.charAt(at - 1) > ' ') {
            at = line.indexOf('#', at + 1); // a fragment of an address
        }
        return at < 0 ? line : line.substring(0, at);
    }

    private void option(String line, String path) {
        String rest = line.startsWith("--requirement")
                ? line.substring("--requirement".length())
                : line.startsWith("-r") ? line.substring(2) : "";
        String target = rest.startsWith("=") ? rest.substring(1).strip() : rest.strip();
        if (target.isEmpty() || target.contains("://") || seen.size() >= MOST_INCLUDED) {
            return;
        }
        String included = target.startsWith("/") ? target : path.substring(0, path.lastIndexOf('/') + 1) + target;
        included = plain(included);
        if (seen.add(included)) {
            open.add(included);
        }
    }

    /** The path without {@code .} and {@code ..}. */
    private static String plain(String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.split("/")) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return "/" + String.join("/", segments);
    }

    private void requirement(String line, String path, int number) {
        int end = 0;
        while (end < line.length() && isOfName(line.charAt(end))) {
            end++;
        }
        String name = line.substring(0, end);
        int rest = end;
        if (rest < line.length() && line.charAt(rest) == '[') {
            rest = line.indexOf(']', rest) + 1;
        }
        String version = name.isEmpty() || rest == 0 ? "" : pinned(line.substring(rest));
        if (!version.isEmpty()) {
            PackageRecord found = PackageRecord.locked(
                    PackageType.PYPI,
                    MetadataPath.normalised(name),
                    version,
                    EVIDENCE,
                    path.equals(file.path()) ? number : 0);
            packages.accept(found);
        }
    }

    private static boolean isOfName(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.';
    }

    /** The version that the clauses pin; empty when they do not. */
    private static String pinned(String clauses) {
        int end = clauses.indexOf(';');
        String plain = (end < 0 ? clauses : clauses.substring(0, end)).strip();
        int options = plain.indexOf(" --");
        plain = (options < 0 ? plain : plain.substring(0, options)).strip();
        if (plain.startsWith("(") && plain.endsWith(")")) {
            plain = plain.substring(1, plain.length() - 1);
        }
        for (String clause : plain.split(",")) {
            String each = clause.strip();
            String version = each.startsWith("===")
                    ? each.substring(3).strip()
                    : each.startsWith("==") ? each.substring(2).strip() : "";
            if (!version.isEmpty() && !version.endsWith("*") && version.indexOf(' ') < 0) {
                return version;
            }
        }
        return "";
    }
}
