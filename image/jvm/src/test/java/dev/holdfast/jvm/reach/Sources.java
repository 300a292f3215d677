package dev.holdfast.jvm.reach;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles Java sources in memory, and puts archives together. */
final class Sources {
    private static final Pattern PACKAGE = Pattern.compile("package\\s+([\\w.]+)");
    private static final Pattern TYPE = Pattern.compile("(?:class|interface|@interface|enum|record)\\s+(\\w+)");

    private Sources() {}

    /** Compiles all sources together; the result is every class file by its resource name. */
    static Map<String, byte[]> compile(String... sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
                JavaFileManager kept = new ForwardingJavaFileManager<JavaFileManager>(standard) {
                    @Override
                    public JavaFileObject getJavaFileForOutput(
                            Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
                        ByteArrayOutputStream out = new ByteArrayOutputStream();
                        classes.put(name.replace('.', '/') + ".class", out);
                        return new SimpleJavaFileObject(URI.create("mem:///" + name.replace('.', '/')), kind) {
                            @Override
                            public ByteArrayOutputStream openOutputStream() {
                                return out;
                            }
                        };
                    }
                }) {
            List<JavaFileObject> units = new ArrayList<>();
            for (String source : sources) {
                units.add(unit(source));
            }
            List<String> options = List.of("-proc:none", "-nowarn", "-Xlint:none", "-parameters");
            if (!compiler.getTask(said, kept, null, options, null, units).call()) {
                throw new IllegalArgumentException(said.toString());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        classes.forEach((name, out) -> bytes.put(name, out.toByteArray()));
        return bytes;
    }

    private static JavaFileObject unit(String source) {
        Matcher inPackage = PACKAGE.matcher(source);
        String folder = inPackage.find() ? inPackage.group(1).replace('.', '/') + "/" : "";
        Matcher type = TYPE.matcher(source);
        if (!type.find()) {
            throw new IllegalArgumentException("no type in " + source);
        }
        URI name = URI.create("mem:///" + folder + type.group(1) + ".java");
        return new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }

    /** Those whose names begin so. */
    static Map<String, byte[]> below(Map<String, byte[]> all, String... prefixes) {
        Map<String, byte[]> found = new LinkedHashMap<>();
        all.forEach((name, bytes) -> {
            for (String prefix : prefixes) {
                if (name.startsWith(prefix)) {
                    found.put(name, bytes);
                }
            }
        });
        return found;
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Map<String, byte[]> with(Map<String, byte[]> all, String name, byte[] content) {
        Map<String, byte[]> more = new LinkedHashMap<>(all);
        more.put(name, content);
        return more;
    }

    static byte[] jar(Map<String, byte[]> entries, String... manifest) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            zip.write(text("Manifest-Version: 1.0\n" + String.join("\n", manifest) + "\n\n"));
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
