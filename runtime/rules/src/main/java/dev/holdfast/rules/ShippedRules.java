package dev.holdfast.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The rules that the program brings along: written by us, in the language of all others, as resources beside this class. */
public final class ShippedRules {
    /** What stands for them where files are named; a file of this name is {@code ./shipped}. */
    public static final String NAME = "shipped";

    private static final List<String> FILES = List.of("kernel.yaml", "kubernetes-audit.yaml");

    private ShippedRules() {}

    /** The files in their order: those for events of the kernel, then those for the audit log of Kubernetes. */
    public static List<RuleFile> files() {
        return FILES.stream().map(ShippedRules::file).toList();
    }

    private static RuleFile file(String name) {
        try (InputStream in = Objects.requireNonNull(ShippedRules.class.getResourceAsStream("shipped/" + name), name)) {
            return new RuleFile(NAME + "/" + name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException("the program lacks its rules " + name, failed);
        }
    }
}
