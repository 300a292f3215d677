package dev.holdfast.advisory.base;

import dev.holdfast.advisory.KnownStatement;
import dev.holdfast.advisory.Source;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.version.VersionKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that reads its body when asked. */
final class CompiledStatement implements KnownStatement {
    private final CompiledBase base;
    private final String namespace;
    private final String packageName;
    private final int id;
    private final int body;

    /** Read on first use, as a judgement asks for them several times: a race reads them twice, alike. */
    private @Nullable String advisory;

    private StatementTable.@Nullable Body parts;

    CompiledStatement(CompiledBase base, String namespace, String packageName, int id, int body) {
        this.base = base;
        this.namespace = namespace;
        this.packageName = packageName;
        this.id = id;
        this.body = body;
    }

    int id() {
        return id;
    }

    int body() {
        return body;
    }

    @Override
    public String advisory() {
        String known = advisory;
        if (known == null) {
            known = base.ids.get(id);
            advisory = known;
        }
        return known;
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Override
    public String packageName() {
        return packageName;
    }

    @Override
    public Status status() {
        return base.statements.status(body);
    }

    @Override
    public boolean covers(VersionKey version) {
        return base.statements.covers(body, version);
    }

    @Override
    public List<Range> ranges() {
        return parts().ranges();
    }

    @Override
    public List<String> versions() {
        return parts().versions();
    }

    @Override
    public List<String> fixedIn() {
        return parts().fixedIn();
    }

    @Override
    public Qualifiers qualifiers() {
        return parts().qualifiers();
    }

    @Override
    public String rating() {
        return parts().rating();
    }

    @Override
    public Source source() {
        return base.statements.source(body);
    }

    private StatementTable.Body parts() {
        StatementTable.Body known = parts;
        if (known == null) {
            known = base.statements.body(body);
            parts = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return advisory() + " " + namespace + " " + packageName + " " + status();
    }
}
