package dev.holdfast.advisory.base;

import dev.holdfast.advisory.KnownStatement;
import dev.holdfast.advisory.Source;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.version.VersionKey;
import java.util.List;

/** A statement that reads its body when asked. */
final class CompiledStatement implements KnownStatement {
    private final CompiledBase base;
    private final String namespace;
    private final String packageName;
    private final int id;
    private final int body;

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
        return base.ids.get(id);
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
        return base.statements.body(body).ranges();
    }

    @Override
    public List<String> versions() {
        return base.statements.body(body).versions();
    }

    @Override
    public List<String> fixedIn() {
        return base.statements.body(body).fixedIn();
    }

    @Override
    public Qualifiers qualifiers() {
        return base.statements.body(body).qualifiers();
    }

    @Override
    public String rating() {
        return base.statements.body(body).rating();
    }

    @Override
    public Source source() {
        return base.statements.source(body);
    }

    @Override
    public String toString() {
        return advisory() + " " + namespace + " " + packageName + " " + status();
    }
}
