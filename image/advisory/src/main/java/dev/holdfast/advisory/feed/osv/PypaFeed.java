package dev.holdfast.advisory.feed.osv;

import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.Yaml;
import dev.holdfast.core.InputException;
import java.io.IOException;

/**
 * The Python Packaging Advisory Database, {@code vulns/PACKAGE/PYSEC-YYYY-N.yaml}: {@link OsvRecord OSV} written as YAML. The same source
 * as its JSON.
 */
public final class PypaFeed implements Feed {
    @Override
    public String name() {
        return "pypa";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        String name = FeedText.fileName(path);
        return name.startsWith("PYSEC-") && (name.endsWith(".yaml") || name.endsWith(".yml"));
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        OsvRecord.read(file.path(), Yaml.parse(FeedText.bytes(file), file.limits()), facts);
    }
}
