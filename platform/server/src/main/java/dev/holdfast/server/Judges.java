package dev.holdfast.server;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.policy.definition.PolicyReader;
import dev.holdfast.policy.definition.PolicySet;
import dev.holdfast.policy.definition.Refusal;
import dev.holdfast.server.admission.AdmissionSettings;
import dev.holdfast.server.admission.Judge;
import dev.holdfast.server.admission.SettingsReader;
import dev.holdfast.server.admission.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Makes judges of files. */
final class Judges {
    private static final int DEEPEST = 8;

    private Judges() {}

    /**
     * Reads settings and policies, and proves that the judge keeps nobody out who must be let in.
     *
     * @throws InputException when a file is wrong, a policy would be refused by the API server, or the proof fails
     */
    static Judge read(ServerSettings settings, Surroundings surroundings) throws InputException, IOException {
        AdmissionSettings admission = SettingsReader.read(
                Files.readString(settings.admission()), settings.admission().toString(), Limits.DEFAULT);
        if (settings.exceptions().isPresent()) {
            admission = admission.with(settings.exceptions().get().read());
        }
        PolicySet policies = PolicySet.NONE;
        for (Path file : policyFiles(settings, admission)) {
            policies = policies.and(PolicyReader.read(Files.readString(file), file.toString(), Limits.DEFAULT));
        }
        if (!policies.refusals().isEmpty()) {
            Refusal first = policies.refusals().getFirst();
            throw new InputException(
                    InputException.Code.MALFORMED,
                    first.place() + ": " + first.message().lines().findFirst().orElse(""));
        }
        Judge judge = new Judge(admission, policies, Limits.DEFAULT, surroundings);
        new OpenDoor(settings.namespace()).prove(judge);
        return judge;
    }

    /** The files that the settings name, folders unfolded; a path is from the settings' own folder. */
    static List<Path> policyFiles(ServerSettings settings, AdmissionSettings admission) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String name : admission.policies()) {
            Path path = settings.admission().toAbsolutePath().resolveSibling(name);
            if (!Files.isDirectory(path)) {
                files.add(path);
                continue;
            }
            try (Stream<Path> inside = Files.walk(path, DEEPEST)) {
                inside.filter(Judges::isPolicyFile).sorted().forEach(files::add);
            }
        }
        return files;
    }

    private static boolean isPolicyFile(Path file) {
        String name = file.toString();
        return Files.isRegularFile(file) && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
    }
}
