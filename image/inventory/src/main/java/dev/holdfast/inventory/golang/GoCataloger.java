package dev.holdfast.inventory.golang;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Cataloger;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.golang.ModuleList.Dependency;
import dev.holdfast.inventory.golang.ModuleList.Module;
import dev.holdfast.inventory.program.Program;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.Want;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Lists what Go programs were built from. Versions of modules are as Go writes them, with {@code v}; the standard library is
 * {@code stdlib} with the toolchain's version. A replaced module was not compiled in: its replacement is named, with the replaced one as a
 * detail. Reads headers and the build information only, a few kilobytes of however large a program.
 */
public final class GoCataloger implements Cataloger {
    /** The smallest program that Go links is above half a megabyte; a library for another language may be smaller. */
    private static final long SMALLEST = 200_000;
    /** A packer's mark stands in the headers' neighbourhood. */
    private static final int PACKER_HEAD = 1 << 10;

    private static final String EVIDENCE = "Go build information";

    @Override
    public String name() {
        return "golang";
    }

    @Override
    public List<Reads> reads() {
        return List.of(new Reads(
                "Go",
                "ELF, PE and Mach-O programs with build info",
                "main module, dependencies, replacements, standard library"));
    }

    @Override
    public Want wants(String path, FileHeader header) {
        if (header.type() != FileType.REGULAR || header.size() < SMALLEST) {
            return Want.NOTHING;
        }
        return header.isExecutable() || isProgramName(path) ? Want.PROGRAM : Want.NOTHING;
    }

    /** A program that lost its permission, or was made for another system: no extension, or that of a program or library. */
    private static boolean isProgramName(String path) {
        int dot = path.lastIndexOf('.');
        if (dot <= path.lastIndexOf('/') + 1) {
            return true;
        }
        return switch (path.substring(dot + 1)) {
            case "exe", "so", "dylib", "bin", "elf", "macho", "amd64", "arm64" -> true;
            default -> false;
        };
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        Optional<Program> program = Program.of(file.content());
        if (program.isEmpty()) {
            return;
        }
        Optional<BuildInformation> information = BuildInformation.of(program.get(), file.limits());
        if (information.isPresent()) {
            report(information.get(), file, packages);
        } else if (isPacked(program.get())) {
            file.gaps()
                    .add(
                            Gap.Code.UNSUPPORTED,
                            file.path(),
                            "the program is packed with UPX; what it was built from cannot be seen, unpack it with upx -d");
        } else if (BuildInformation.isGoWithoutInformation(program.get())) {
            file.gaps()
                    .add(
                            Gap.Code.UNSUPPORTED,
                            file.path(),
                            "a Go program without build information: built before Go 1.13, or it was removed");
        }
    }

    private static void report(BuildInformation information, RecordFile file, Consumer<PackageRecord> packages)
            throws InputException {
        ModuleList modules = ModuleList.parse(information.modules(), file.limits());
        modules.main().ifPresent(main -> packages.accept(mainModule(main, modules)));
        for (Dependency dependency : modules.dependencies()) {
            packages.accept(dependency(dependency));
        }
        packages.accept(PackageRecord.of(
                PackageType.GOLANG,
                "stdlib",
                Toolchain.version(information.goVersion()),
                Confidence.HIGH,
                EVIDENCE + ": " + information.goVersion()));
        if (information.modules().isEmpty()) {
            file.gaps()
                    .add(
                            Gap.Code.UNSUPPORTED,
                            file.path(),
                            "the Go program was built without modules; only its standard library is known");
        }
    }

    private static PackageRecord mainModule(Module main, ModuleList modules) {
        Optional<String> linked = main.version().isEmpty() ? LinkedVersion.find(modules) : Optional.empty();
        return linked.map(version -> PackageRecord.of(
                        PackageType.GOLANG, main.path(), version, Confidence.MEDIUM, EVIDENCE + ": -ldflags"))
                .orElseGet(() -> PackageRecord.of(
                        PackageType.GOLANG, main.path(), main.version(), Confidence.HIGH, EVIDENCE + ": main module"));
    }

    private static PackageRecord dependency(Dependency dependency) {
        Module module = dependency.module();
        if (dependency.replacement().isEmpty()) {
            return PackageRecord.of(PackageType.GOLANG, module.path(), module.version(), Confidence.HIGH, EVIDENCE);
        }
        Module replacement = dependency.replacement().get();
        if (dependency.isFromFolder()) {
            // A folder of the builder's machine: it has no name of its own, and nobody knows how much of the module it
            // kept.
            return PackageRecord.of(
                    PackageType.GOLANG,
                    module.path(),
                    module.version(),
                    Confidence.LOW,
                    EVIDENCE + ": replaced by the folder " + replacement.path());
        }
        return PackageRecord.of(
                        PackageType.GOLANG, replacement.path(), replacement.version(), Confidence.HIGH, EVIDENCE)
                .withDetail(Detail.REPLACED, module.path() + "@" + module.version());
    }

    private static boolean isPacked(Program program) throws InputException, IOException {
        if (program.section("UPX0").isPresent() || program.section("UPX1").isPresent()) {
            return true;
        }
        return program.sections().isEmpty()
                && new String(program.bytes().upTo(0, PACKER_HEAD), StandardCharsets.ISO_8859_1).contains("UPX!");
    }
}
