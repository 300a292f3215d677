package dev.holdfast.advisory.feed.lang;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.range.AffectedVersions;
import dev.holdfast.advisory.feed.range.Requirement;
import dev.holdfast.advisory.feed.range.VersionSet;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.version.Scheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The RustSec advisory database: {@code crates/NAME/RUSTSEC-YYYY-NNNN.md} and {@code rust/PART/CVE-….md}, Markdown that begins with a block of
 * TOML between {@code ```toml} and {@code ```}.
 *
 * <pre>
 * [advisory]  id, package, date, withdrawn, aliases[], related[], cvss (vector), informational
 * [versions]  patched[], unaffected[]     Cargo requirements
 * [affected]  os[], arch[], functions     not read: a statement is of every platform
 * </pre>
 *
 * <p>Affected is what neither list of versions holds. {@code informational} entries are {@code unmaintained}, {@code unsound} or
 * {@code notice}, no vulnerabilities. Entries under {@code rust/} are of the toolchain's parts, not of crates that may bear the same name:
 * they are packages {@code rust-std}, {@code rust-cargo}, {@code rust-rustdoc} of namespace {@code generic}.
 */
public final class RustSecFeed implements Feed {
    private static final String FENCE = "```";

    @Override
    public String name() {
        return "rustsec";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        return path.endsWith(".md")
                && FeedText.headText(head).stripLeading().startsWith(FENCE + "toml")
                && FeedText.headText(head).contains("[advisory]");
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        JsonValue record = TomlHead.parse(head(file), file.limits());
        JsonValue advisory = record.get("advisory");
        String id = text(advisory, "id");
        String crate = text(advisory, "package");
        if (!FeedText.isName(id) || !FeedText.isName(crate)) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    file.path() + ": not a RustSec advisory: its head has no id or package");
        }
        facts.accept(advisory(advisory, id));
        boolean isCrate = !file.path().startsWith("rust/") && !file.path().contains("/rust/");
        Optional<VersionSet> patched = anyOf(record.at("versions", "patched"));
        Optional<VersionSet> unaffected = anyOf(record.at("versions", "unaffected"));
        if (patched.isEmpty() || unaffected.isEmpty()) {
            facts.dropped(file.path(), id + ": a requirement on versions of " + crate + " cannot be read");
            return;
        }
        VersionSet affected = patched.get().union(unaffected.get()).complement();
        if (affected.isEmpty()) {
            facts.dropped(file.path(), id + ": every version of " + crate + " is patched or unaffected");
            return;
        }
        AffectedVersions versions = AffectedVersions.patchedBy(affected, patched.get());
        facts.accept(isCrate ? versions.stated(id, "cargo", crate) : versions.stated(id, "generic", "rust-" + crate));
    }

    private static String head(FeedFile file) throws InputException, IOException {
        String text = new String(FeedText.bytes(file), StandardCharsets.UTF_8);
        int start = text.indexOf(FENCE + "toml");
        int from = start < 0 ? -1 : text.indexOf('\n', start);
        int end = from < 0 ? -1 : text.indexOf("\n" + FENCE, from);
        if (end < 0) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    file.path() + ": not a RustSec advisory: it does not begin with a block of TOML");
        }
        return text.substring(from, end);
    }

    private static Optional<VersionSet> anyOf(JsonValue requirements) {
        return Requirement.anyOf(Scheme.CARGO, requirements.texts(), Requirement::cargo);
    }

    private static Advisory advisory(JsonValue advisory, String id) {
        String vector = text(advisory, "cvss");
        return new Advisory(
                id,
                kind(text(advisory, "informational")),
                FeedText.identifiers(advisory.get("aliases").texts(), id),
                List.of(),
                FeedText.day(text(advisory, "date")),
                "",
                !text(advisory, "withdrawn").isEmpty(),
                vector.indexOf('/') > 0 ? List.of(new Rating("rustsec", vector, "")) : List.of(),
                List.of());
    }

    private static Advisory.Kind kind(String informational) {
        return switch (informational) {
            case "" -> Advisory.Kind.VULNERABILITY;
            case "unmaintained" -> Advisory.Kind.UNMAINTAINED;
            case "unsound" -> Advisory.Kind.UNSOUND;
            default -> Advisory.Kind.NOTICE;
        };
    }

    private static String text(JsonValue record, String name) {
        return record.get(name).text().map(String::strip).orElse("");
    }
}
