package dev.holdfast.inventory.ruby;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.BroughtAlong;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.NamedFileCataloger;
import dev.holdfast.inventory.PackageRecord;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Reads Bundler's lock files and the specifications that RubyGems keeps of what it installed. */
public final class GemCataloger implements NamedFileCataloger {
    private static final FileNames FILES = FileNames.of("Gemfile.lock", "gems.locked", "*.gemspec");
    private static final String SPECIFICATIONS = "/specifications/";
    private static final String DEFAULT = "default/";

    @Override
    public String name() {
        return "ruby";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(
                new Reads(
                        "Ruby, installed",
                        "`specifications/*.gemspec`, `specifications/default/*.gemspec`",
                        "every installed gem, those of the standard library included"),
                new Reads(
                        "Ruby, locked",
                        "`Gemfile.lock`, `gems.locked`",
                        "every gem with its line, once for all its platforms; not which group asks for it"));
    }

    @Override
    public boolean isRecord(String path) {
        return path.endsWith(".gemspec") ? isInstalled(path) : !BroughtAlong.isInside(path);
    }

    /** A specification elsewhere is a gem's source. */
    private static boolean isInstalled(String path) {
        int name = path.lastIndexOf('/') + 1;
        return path.startsWith(SPECIFICATIONS, name - SPECIFICATIONS.length())
                || path.startsWith(SPECIFICATIONS + DEFAULT, name - SPECIFICATIONS.length() - DEFAULT.length());
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        if (file.name().endsWith(".gemspec")) {
            GemSpecification.read(file, packages);
        } else {
            GemfileLock.read(file.bytes(), file.limits(), packages);
        }
    }
}
