package dev.holdfast.check.image;

import dev.holdfast.check.Credentials;
import dev.holdfast.check.Findings;
import dev.holdfast.check.Inspection;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.tree.Node;
import java.util.ArrayList;
import java.util.List;

/** Judges configurations of images that are given as JSON. */
public final class ImageInspection implements Inspection {
    private final Credentials credentials;

    public ImageInspection(Limits limits) {
        this.credentials = new Credentials(limits);
    }

    @Override
    public List<Rule> rules() {
        List<Rule> rules = new ArrayList<>(ConfigurationChecks.rules());
        rules.addAll(OriginChecks.rules());
        return rules;
    }

    @Override
    public void inspect(ManifestFile file, Findings findings) {
        for (Node root : file.roots()) {
            List<Node> images = root.elements().isEmpty() ? List.of(root) : root.elements();
            for (Node image : images) {
                String name = image.get("RepoTags").map(Node::elements).orElse(List.of()).stream()
                        .findFirst()
                        .flatMap(node -> node.textAt())
                        .orElse("the image");
                ImageFacts facts = ImageFacts.of(image);
                new ConfigurationChecks(findings, credentials, name).judge(facts);
                new OriginChecks(findings, name).judge(facts);
            }
        }
    }
}
