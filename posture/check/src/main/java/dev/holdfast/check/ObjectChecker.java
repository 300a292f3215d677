package dev.holdfast.check;

import dev.holdfast.check.exception.Exceptions;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.InputKind;
import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.SourceFile;
import dev.holdfast.manifest.Surroundings;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Judges single Kubernetes objects that were read already, as an admission sees them. Owned by one thread. */
public final class ObjectChecker {
    private final Inspection inspection;
    private final Set<String> asked = new HashSet<>();

    public ObjectChecker(Limits limits) {
        this.inspection = RuleCatalogue.inspection(InputKind.KUBERNETES, Surroundings.NONE, limits)
                .orElseThrow(() -> new IllegalStateException("nothing judges Kubernetes objects"));
        for (Rule rule : inspection.rules()) {
            if (rule.profile() == Rule.Profile.DEFAULT) {
                asked.add(rule.id());
            }
        }
    }

    /**
     * What the rules that are asked by default come to, the most urgent first.
     *
     * @param name what results call the object's place
     */
    public List<Result> check(Node.Mapping object, String name) {
        return judged(object, name, Optional.empty());
    }

    /**
     * The same, with findings set aside as the object's annotations and the given exceptions say.
     *
     * @param exceptions those that are given, and the day on which they are to hold
     */
    public List<Result> check(Node.Mapping object, String name, Exceptions exceptions) {
        return judged(object, name, Optional.of(exceptions));
    }

    private List<Result> judged(Node.Mapping object, String name, Optional<Exceptions> exceptions) {
        Document read = new Document.Read(object, object.place().line());
        ManifestFile file = new ManifestFile(new SourceFile(name, "", true), InputKind.KUBERNETES, List.of(read));
        List<Result> results = new ArrayList<>();
        inspection.inspect(file, new Findings(name, asked, results, new Gaps()));
        exceptions.ifPresent(all -> all.apply(List.of(file), results));
        results.sort(null);
        return results;
    }
}
