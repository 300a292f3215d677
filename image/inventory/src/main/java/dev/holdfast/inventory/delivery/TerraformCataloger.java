package dev.holdfast.inventory.delivery;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.LockFileCataloger;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.format.TextLines;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads {@code .terraform.lock.hcl}, which Terraform and OpenTofu write always alike:
 *
 * <pre>
 *   provider "registry.example.org/hashicorp/aws" {
 *     version     = "5.0.1"
 *   }
 * </pre>
 */
public final class TerraformCataloger implements LockFileCataloger {
    private static final FileNames FILES = FileNames.of(".terraform.lock.hcl");

    @Override
    public String name() {
        return "terraform";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(new Reads("Terraform, OpenTofu", "`.terraform.lock.hcl`", "every provider with its line"));
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        TextLines lines = new TextLines(file.bytes(), file.limits());
        String provider = "";
        int start = 0;
        while (lines.advance()) {
            String line = lines.text().strip();
            if (line.startsWith("provider ")) {
                provider = quoted(line);
                start = lines.number();
            } else if (!provider.isEmpty()
                    && line.startsWith("version")
                    && line.substring("version".length()).stripLeading().startsWith("=")) {
                packages.accept(PackageRecord.locked(
                        PackageType.TERRAFORM, provider, quoted(line), ".terraform.lock.hcl", start));
                provider = "";
            }
        }
    }

    private static String quoted(String line) {
        int open = line.indexOf('"');
        int close = open < 0 ? -1 : line.indexOf('"', open + 1);
        return close < 0 ? "" : line.substring(open + 1, close);
    }
}
