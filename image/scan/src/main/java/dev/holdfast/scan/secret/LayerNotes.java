package dev.holdfast.scan.secret;

import dev.holdfast.core.Gaps;
import dev.holdfast.core.Severity;
import dev.holdfast.memory.DamagedFactsException;
import dev.holdfast.memory.FactReader;
import dev.holdfast.memory.FactWriter;
import dev.holdfast.memory.GapFacts;
import dev.holdfast.secrets.Secret;
import java.util.ArrayList;
import java.util.List;

/**
 * What the search for secrets noticed in one layer. Never a value: its kind, place, length, and a fingerprint that is not yet the image's.
 *
 * <pre>
 * notes  = list of secrets, list of gaps ;
 * secret = kind title severity path line length fingerprint proof isSample ;
 * </pre>
 *
 * @param secrets in the order of the layer
 * @param gaps what could not be looked at
 */
public record LayerNotes(List<Secret> secrets, Gaps gaps) {
    LayerNotes() {
        this(new ArrayList<>(), new Gaps());
    }

    void write(FactWriter facts) {
        facts.list(secrets, secret -> write(secret, facts));
        GapFacts.write(gaps.list(), facts);
    }

    static LayerNotes read(FactReader facts) throws DamagedFactsException {
        List<Secret> secrets = facts.list(() -> readSecret(facts));
        Gaps gaps = new Gaps();
        GapFacts.read(facts).forEach(gap -> gaps.add(gap.code(), gap.subject(), gap.detail()));
        return new LayerNotes(secrets, gaps);
    }

    public static void write(Secret secret, FactWriter facts) {
        facts.text(secret.kind())
                .text(secret.title())
                .oneOf(Severity.values(), secret.severity())
                .text(secret.path())
                .number(secret.line())
                .number(secret.length())
                .text(secret.fingerprint())
                .text(secret.proof())
                .flag(secret.isSample());
    }

    public static Secret readSecret(FactReader facts) throws DamagedFactsException {
        return new Secret(
                facts.text(),
                facts.text(),
                facts.oneOf(Severity.values()),
                facts.text(),
                facts.integer(),
                facts.integer(),
                facts.text(),
                facts.text(),
                facts.flag());
    }
}
