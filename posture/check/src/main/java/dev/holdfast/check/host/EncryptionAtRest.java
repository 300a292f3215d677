package dev.holdfast.check.host;

import static dev.holdfast.core.Severity.HIGH;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How secrets are written into the store: an {@code EncryptionConfiguration}. The first provider of the entry that names secrets writes; the
 * others only read what was written before.
 */
final class EncryptionAtRest {
    private static final Rule PROVIDER = Demand.rule(
            "apiserver-encryption-provider",
            HIGH,
            "secrets are stored without strong encryption",
            "whoever reads the store or a copy of it reads every secret");
    private static final Set<String> STRONG = Set.of("kms", "aesgcm", "aescbc", "secretbox");
    private static final Set<String> NAMES_OF_SECRETS = Set.of("secrets", "*.", "*.*");

    private final Findings findings;

    EncryptionAtRest(Findings findings) {
        this.findings = findings;
    }

    static List<Rule> rules() {
        return List.of(PROVIDER);
    }

    void inspect(boolean isThere, Optional<Node> file) {
        Findings here = findings;
        if (file.isEmpty()) {
            here.notAssessed(
                    PROVIDER,
                    "EncryptionConfiguration",
                    Place.START,
                    isThere ? "it cannot be read" : "the file is not there");
            return;
        }
        for (Node entry : file.get().get("resources").map(Node::elements).orElse(List.of())) {
            boolean isOfSecrets = entry.get("resources").map(Node::elements).orElse(List.of()).stream()
                    .anyMatch(name ->
                            name.textAt().filter(NAMES_OF_SECRETS::contains).isPresent());
            List<Node> providers = entry.get("providers").map(Node::elements).orElse(List.of());
            if (isOfSecrets
                    && !providers.isEmpty()
                    && !providers.getFirst().entries().isEmpty()) {
                writer(here, providers.getFirst().entries().getFirst());
                return;
            }
        }
        here.fail(PROVIDER, "EncryptionConfiguration", file.get().place())
                .says("No entry names secrets, so they are stored in clear text.")
                .fix("add an entry with resources: [secrets] and a provider")
                .add();
    }

    private void writer(Findings here, Node.Entry provider) {
        String name = provider.key().text();
        if (STRONG.contains(name)) {
            here.pass(PROVIDER, "EncryptionConfiguration", provider.key().place());
        } else {
            here.fail(PROVIDER, "EncryptionConfiguration", provider.key().place())
                    .says("The first provider is " + name + ", so new secrets are stored in clear text.")
                    .fix("put kms, aesgcm or secretbox first")
                    .add();
        }
    }
}
