package dev.holdfast.dist;

import dev.holdfast.cli.Main;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The training runs of the AOT cache: what a person would do, so that the VM records the classes that this takes and how the code behaves. Started by
 * the launcher with {@code holdfast.training} = {@code quick} or {@code scan}. What the commands answer is of no interest here.
 */
public final class Training {
    /** Often enough that the hot paths are compiled and profiled, in about a second. */
    private static final int SCANS = 40;

    private static final int BILLS = 15;

    private static final int CHECKS = 5;

    /** Days of November. */
    private static final int RECALLS = 9;

    private Training() {}

    public static void main(String[] args) {
        switch (System.getProperty("holdfast.training", "quick")) {
            case "scan" -> scan(example("shop.tar"));
            default -> quick();
        }
    }

    private static void quick() {
        Main.run("--version");
        Main.run("--help");
        Main.run("scan", "--help");
        Main.run("no-such-command");
        Main.run("db", "info");
        for (String ecosystem : new String[] {"deb", "rpm", "apk", "maven", "npm", "pypi", "golang"}) {
            Main.run("version", "compare", ecosystem, "1.2.3", "1.2.4");
            Main.run("version", "in", ecosystem, ">=1.2.3", "1.2.4");
        }
        String manifest = example("web.yaml").toString();
        for (int i = 0; i < CHECKS; i++) {
            Main.run("check", manifest);
            Main.run("check", manifest, "--pss", "restricted", "--format", "json");
        }
    }

    private static Path example(String name) {
        return Path.of(System.getProperty("holdfast.examples", "examples"), name);
    }

    private static void scan(Path example) {
        if (!Files.isReadable(example)) {
            Main.run("scan", "--help");
            return;
        }
        for (int i = 0; i < SCANS; i++) {
            Main.run("scan", example.toString(), "--no-cache");
        }
        for (int day = 1;
                day <= RECALLS;
                day++) { // the first finds out, those of another day judge what is known, the others recall
            Main.run("scan", example.toString(), "--as-of", "2026-11-0" + day);
            Main.run("scan", example.toString(), "--as-of", "2026-11-0" + day);
        }
        bill(example);
        Main.run("scan", example.toString(), "--format", "json");
        Main.run("scan", example.toString(), "--format", "sarif");
        Main.run("explain", example.toString(), "CVE-2021-44228");
    }

    /** A bill of materials as target, in the folder of the training run. */
    private static void bill(Path example) {
        String bill = "training.cdx.json";
        Main.run("sbom", example.toString(), "--output", bill);
        for (int i = 0; i < BILLS; i++) {
            Main.run("scan", bill, "--no-cache");
        }
    }
}
