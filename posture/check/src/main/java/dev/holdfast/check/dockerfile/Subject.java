package dev.holdfast.check.dockerfile;

import dev.holdfast.check.Credentials;
import dev.holdfast.check.Findings;
import dev.holdfast.manifest.Surroundings;
import dev.holdfast.manifest.dockerfile.Stage;
import dev.holdfast.manifest.dockerfile.Stages;

/**
 * A file that is judged.
 *
 * @param path from the root of what lies beside it
 * @param build what it builds
 * @param findings takes the results
 * @param beside what lies beside it
 * @param credentials tells credentials from other values
 */
record Subject(String path, Build build, Findings findings, Surroundings beside, Credentials credentials) {
    Stages stages() {
        return build.stages();
    }

    /** What reports call a stage. */
    static String name(Stage stage) {
        return stage.name().map(known -> "stage " + known).orElse("stage " + stage.index());
    }
}
