package dev.holdfast.check.compose;

import dev.holdfast.check.ContainerRules;
import dev.holdfast.check.Credentials;
import dev.holdfast.check.Findings;
import dev.holdfast.check.Inspection;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.RelativePaths;
import dev.holdfast.manifest.Surroundings;
import dev.holdfast.manifest.compose.ComposeProject;
import dev.holdfast.manifest.compose.ComposeReader;
import dev.holdfast.manifest.compose.ComposeService;
import dev.holdfast.manifest.compose.Spot;
import dev.holdfast.manifest.compose.Unfollowed;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges Compose projects and Swarm stacks as the engine would take them: an override file is judged together with the file that it is laid
 * over, not by itself.
 */
public final class ComposeInspection implements Inspection {
    private final Surroundings beside;
    private final ComposeReader reader;
    private final Credentials credentials;

    /** @param beside what may be read along with the files */
    public ComposeInspection(Surroundings beside, Limits limits) {
        this.beside = beside;
        this.reader = new ComposeReader(limits);
        this.credentials = new Credentials(limits);
    }

    @Override
    public List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        rules.addAll(Isolation.rules());
        rules.addAll(Exposure.rules());
        rules.addAll(Running.rules());
        rules.addAll(ServiceSecrets.rules());
        rules.addAll(References.rules());
        return rules;
    }

    @Override
    public void inspect(ManifestFile file, Findings findings) {
        String path = beside.inside(file.path());
        try {
            if (isLaidOver(path, beside)) {
                return;
            }
            ComposeProject project = reader.read(path, file.source().text(), file.documents(), beside);
            for (Unfollowed lost : project.unfollowed()) {
                findings.in(lost.path().equals(path) ? file.path() : beside.shown(lost.path()))
                        .gap(Gap.Code.UNREADABLE, lost.place(), lost.detail());
            }
            project(project, file.path(), findings);
        } catch (InputException wrong) {
            // a broken document of the file itself has been told already
            if (wrong.code() != InputException.Code.MALFORMED) {
                findings.gap(Gap.Code.UNREADABLE, Place.START, wrong.getMessage());
            }
        } catch (IOException failed) {
            findings.gap(Gap.Code.UNREADABLE, Place.START, "what it refers to cannot be read: " + failed.getMessage());
        }
    }

    /** Whether a file is laid over another one beside it, and so is part of that one's project. */
    public static boolean isLaidOver(String path, Surroundings beside) throws IOException {
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (!ComposeReader.isOverride(name)) {
            return false;
        }
        String stem = name.substring(0, name.indexOf(".override"));
        for (String extension : List.of(".yml", ".yaml")) {
            Optional<String> base = RelativePaths.join(RelativePaths.folder(path), stem + extension);
            if (base.isPresent() && beside.file(base.get()).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private void project(ComposeProject project, String path, Findings findings) {
        for (ComposeService each : project.services()) {
            Service service = new Service(path, project, each, findings, beside, credentials);
            Isolation.judge(service);
            Exposure.judge(service);
            Running.judge(service);
            ServiceSecrets.judge(service);
            References.judge(service);
        }
        Running.networks(
                project,
                name -> at(project, path, findings, name)
                        .fail(Running.OVERLAY, "network " + name.text(), name.place())
                        .says("the network " + name.text() + " is an overlay without encryption: "
                                + Running.OVERLAY.why())
                        .fix("driver_opts: {encrypted: \"true\"}")
                        .add());
        ServiceSecrets.ofProject(
                project.root(),
                credentials,
                (node, sentence, severity) -> at(project, path, findings, node)
                        .fail(ContainerRules.SECRET_IN_CONFIGURATION, "project", node.place())
                        .as(severity, ContainerRules.SECRET_IN_CONFIGURATION.why())
                        .says(sentence)
                        .fix("keep it as a secret: secrets")
                        .add());
    }

    private Findings at(ComposeProject project, String path, Findings findings, Node node) {
        Spot spot = project.spot(node);
        return findings.in(spot.path().equals(project.path()) ? path : beside.shown(spot.path()));
    }
}
