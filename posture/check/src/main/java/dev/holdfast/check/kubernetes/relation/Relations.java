package dev.holdfast.check.kubernetes.relation;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Result;
import dev.holdfast.check.Rule;
import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Judges what only several objects together tell. */
public final class Relations {
    private final List<Relation> relations;

    /** @param judgeRole what is said of a role by itself */
    public Relations(Function<KubernetesObject, List<Result>> judgeRole) {
        this.relations = List.of(new Services(), new Fences(), new References(), new Accounts(judgeRole), new Gates());
    }

    public List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        relations.forEach(relation -> rules.addAll(relation.rules()));
        return rules;
    }

    /** @param unread files that hold objects, and could not be read or are not finished */
    public void judge(List<ManifestFile> files, List<String> unread, Findings out) {
        Given given = new Given(files, unread);
        if (given.isSingle()) {
            new Gates().judge(given, out); // of one object everything else would be missing
        } else {
            relations.forEach(relation -> relation.judge(given, out));
        }
    }
}
