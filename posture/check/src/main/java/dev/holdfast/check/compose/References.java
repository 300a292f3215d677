package dev.holdfast.check.compose;

import static dev.holdfast.manifest.InputKind.COMPOSE;

import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.RelativePaths;
import dev.holdfast.manifest.tree.Node;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Names of networks, secrets, configurations and services that a service gives, and that the project does not define. */
final class References {
    static final Rule UNDEFINED = Rule.of(
            "compose-reference-undefined",
            Severity.MEDIUM,
            "names something that the project does not define",
            "the engine refuses the whole project",
            COMPOSE);

    private static final List<String> USUAL =
            List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");

    private References() {}

    static List<Rule> rules() {
        return List.of(UNDEFINED);
    }

    static void judge(Service service) {
        if (isLaidOverAnother(service)) {
            return;
        }
        for (String list : List.of("networks", "secrets", "configs")) {
            service.get(list).ifPresent(names -> names(service, list, names));
        }
        service.get("depends_on").ifPresent(names -> names(service, "services", names));
    }

    /** A file of another name beside the usual one is given to the engine together with it, so that it need not define everything. */
    private static boolean isLaidOverAnother(Service service) {
        String path = service.project().path();
        String folder = RelativePaths.folder(path);
        if (USUAL.contains(path.substring(path.lastIndexOf('/') + 1))) {
            return false;
        }
        try {
            for (String name : USUAL) {
                Optional<String> usual = RelativePaths.join(folder, name);
                if (usual.isPresent() && service.beside().file(usual.get()).isPresent()) {
                    return true;
                }
            }
            return false;
        } catch (IOException unreadable) {
            return true;
        }
    }

    private static void names(Service service, String section, Node names) {
        for (Node.Entry entry : names.entries()) {
            name(service, section, entry.key(), entry.key().text());
        }
        for (Node element : names.elements()) {
            Optional<Node> name = element.textAt().isPresent() ? Optional.of(element) : element.get("source");
            name.ifPresent(at -> name(service, section, at, at.textAt().orElse("")));
        }
    }

    private static void name(Service service, String section, Node at, String name) {
        boolean isDefault = section.equals("networks") && name.equals("default");
        boolean isDefined = service.project().root().get(section).map(Node::entries).orElse(List.of()).stream()
                .anyMatch(entry -> entry.key().text().equals(name));
        boolean isWhole =
                service.project().unfollowed().isEmpty() && !service.service().isPatch();
        if (!isDefault
                && !isDefined
                && isWhole
                && service.project().unresolved(at).isEmpty()) {
            service.fail(UNDEFINED, at)
                    .says(service.who() + " names " + name + ", which is none of the project's " + section + ": "
                            + UNDEFINED.why())
                    .fix("define it below " + section + ", or correct the name")
                    .add();
        }
    }
}
