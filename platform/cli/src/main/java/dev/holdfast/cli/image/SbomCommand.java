package dev.holdfast.cli.image;

import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Output;
import dev.holdfast.cli.command.Version;
import dev.holdfast.cli.given.GivenTarget;
import dev.holdfast.cli.given.OpenTargets;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.Inventory;
import dev.holdfast.inventory.InventoryReport;
import dev.holdfast.inventory.licence.DeclaredLicences;
import dev.holdfast.inventory.sbom.BillOfMaterials;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.Target;
import dev.holdfast.oci.TargetDescription;
import dev.holdfast.oci.TargetKind;
import dev.holdfast.report.bill.BillContents;
import dev.holdfast.report.bill.CycloneDxBill;
import dev.holdfast.report.bill.SpdxBill;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast sbom TARGET}. */
final class SbomCommand implements Command {
    @Override
    public String name() {
        return "sbom";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast sbom nginx.tar --format cyclonedx --output nginx.cdx.json",
                        "",
                        "Writes what is inside a target as a bill of materials. The same input gives the same bytes: times are those of the image,",
                        "or SOURCE_DATE_EPOCH. What could not be seen is written down, too. A bill of materials as TARGET is brought into the format.");
        GivenTarget.addOptions(spec);
        return spec.addPositional(Options.word(0, "TARGET", "The image, root file system or bill of materials."))
                .addOption(
                        Options.flag("--licences", "Read declared licences too, and write them as SPDX expressions."))
                .addOption(Options.value("--format", "FORMAT", "cyclonedx (default, 1.6 JSON), spdx (2.3 JSON)."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        String format = Options.format(words, "cyclonedx", "spdx");
        String given = words.matchedPositionalValue(0, "");
        boolean isLicensed = Options.isSet(words, "--licences");
        try (GivenTarget target = GivenTarget.of(given, words, console)) {
            Optional<BillOfMaterials> bill = target.bill();
            BillContents contents = bill.isPresent()
                    ? contents(bill.get(), given, console, isLicensed)
                    : contents(target, console, isLicensed);
            Output.of(words, console).write(out -> {
                if (format.equals("spdx")) {
                    SpdxBill.write(contents, out);
                } else {
                    CycloneDxBill.write(contents, out);
                }
            });
        }
        return ExitCode.PASS;
    }

    private static BillContents contents(GivenTarget given, Console console, boolean isLicensed)
            throws InputException, IOException {
        try (OpenTargets opened = given.open()) {
            Target target = opened.only(", and a bill of materials describes one");
            Gaps gaps = new Gaps();
            InventoryReport inventory = inventory(target, isLicensed, gaps);
            return new BillContents(
                    Version.TEXT,
                    target.description(),
                    SourceDate.of(console, target.configuration().created()),
                    target.layers(),
                    inventory.distribution(),
                    inventory.components(),
                    gaps.list(),
                    List.of());
        }
    }

    private static InventoryReport inventory(Target target, boolean isLicensed, Gaps gaps)
            throws InputException, IOException {
        Inventory reader = new Inventory(Limits.DEFAULT);
        if (!isLicensed) {
            return reader.of(target, gaps);
        }
        FileTree tree = target.read(DeclaredLicences.interest(reader.interest()), gaps);
        InventoryReport inventory = reader.of(tree, gaps);
        return inventory.withComponents(DeclaredLicences.of(inventory.components(), tree, Limits.DEFAULT, gaps));
    }

    private static BillContents contents(BillOfMaterials bill, String given, Console console, boolean isLicensed)
            throws InputException {
        TargetDescription description = new TargetDescription(
                given,
                TargetKind.SBOM,
                Optional.of(bill.digest()),
                Optional.empty(),
                bill.subject().isEmpty() ? List.of() : List.of(bill.subject()));
        return new BillContents(
                Version.TEXT,
                description,
                SourceDate.of(console, bill.created()),
                bill.layers(),
                bill.distribution(),
                isLicensed ? DeclaredLicences.of(bill.components()) : bill.components(),
                bill.gaps(),
                List.of());
    }
}
