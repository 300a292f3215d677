package dev.holdfast.scan.ruling;

import dev.holdfast.advisory.vex.VexDocument;
import dev.holdfast.advisory.vex.VexStatement;
import dev.holdfast.advisory.vex.VexStatement.Status;
import dev.holdfast.core.Evidence;
import dev.holdfast.core.Finding;
import dev.holdfast.core.PackageUrl;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.Component.Location;
import dev.holdfast.oci.TargetDescription;
import dev.holdfast.scan.observe.Subject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The statements of VEX documents that a user handed over, on one target. A statement is about a component when its product is that
 * component or the target; a statement about a part, when the part is the component and its product is the target or lies in every file that
 * holds the component. Of several the latest counts, and of those of one time the last given.
 */
final class SuppliedVex {
    /** So many single notices a document may cause; the rest is counted. */
    private static final int MOST_NOTICES = 20;

    private final List<VexDocument> documents;
    private final TargetDescription target;
    private final Map<String, List<VexStatement>> byFlaw = new HashMap<>();
    private final Map<String, Component> byPurl = new HashMap<>();
    private final Map<String, List<Component>> byPath = new HashMap<>();
    private final Map<String, Optional<PackageUrl>> purls = new HashMap<>();
    private final Set<String> matched = new HashSet<>();

    SuppliedVex(List<VexDocument> documents, Subject subject) {
        this.documents = documents;
        this.target = subject.description();
        for (VexDocument document : documents) {
            for (VexStatement statement : document.statements()) {
                index(statement.flaw(), statement);
                statement.aliases().forEach(alias -> index(alias, statement));
            }
        }
        if (documents.isEmpty()) {
            return;
        }
        for (Component component : subject.inventory().components()) {
            byPurl.put(component.purl().toString(), component);
            for (Location location : component.locations()) {
                byPath.computeIfAbsent(location.path(), path -> new ArrayList<>())
                        .add(component);
            }
        }
    }

    private void index(String flaw, VexStatement statement) {
        byFlaw.computeIfAbsent(flaw.toUpperCase(Locale.ROOT), first -> new ArrayList<>())
                .add(statement);
    }

    /** The ruling that the latest statement makes; empty when none speaks, or the latest does not clear. */
    Optional<Ruling> on(Finding finding) {
        return latest(finding)
                .filter(statement -> statement.status() == Status.NOT_AFFECTED || statement.status() == Status.FIXED)
                .map(statement -> new Ruling(
                        Ruling.Kind.VEX,
                        statement.status().word(),
                        statement.detail(),
                        statement.justification(),
                        statement.author(),
                        Optional.empty(),
                        statement.place()));
    }

    Finding noted(Finding finding) {
        Optional<VexStatement> statement = latest(finding);
        if (statement.isEmpty()) {
            return finding;
        }
        String detail =
                statement.get().detail().isEmpty() ? "" : ": " + statement.get().detail();
        String claim = "a VEX statement by " + statement.get().author() + " says "
                + statement.get().status().word().replace('_', ' ') + detail;
        List<Evidence> chain = new ArrayList<>(finding.evidence());
        chain.add(new Evidence(Evidence.Step.DECISION, claim, statement.get().place()));
        return finding.withEvidence(chain);
    }

    private Optional<VexStatement> latest(Finding finding) {
        Component component = component(finding);
        if (component == null) {
            return Optional.empty();
        }
        VexStatement latest = null;
        for (VexStatement statement : about(finding)) {
            if (speaksOf(statement, component)) {
                matched.add(statement.place());
                boolean isLater = latest == null || !time(statement).isBefore(time(latest));
                latest = isLater ? statement : latest;
            }
        }
        return Optional.ofNullable(latest);
    }

    private @org.jspecify.annotations.Nullable Component component(Finding finding) {
        return byPurl.get(finding.component().map(Object::toString).orElse(""));
    }

    private List<VexStatement> about(Finding finding) {
        List<VexStatement> about =
                new ArrayList<>(byFlaw.getOrDefault(finding.id().toUpperCase(Locale.ROOT), List.of()));
        for (String alias : finding.aliases()) {
            about.addAll(byFlaw.getOrDefault(alias.toUpperCase(Locale.ROOT), List.of()));
        }
        return about;
    }

    private static Instant time(VexStatement statement) {
        try {
            return OffsetDateTime.parse(statement.time()).toInstant();
        } catch (DateTimeException none) {
            return Instant.MIN;
        }
    }

    private boolean speaksOf(VexStatement statement, Component component) {
        if (statement.part().isEmpty()) {
            return means(statement.product(), component) == Meaning.SAME || isTarget(statement.product());
        }
        return means(statement.part(), component) == Meaning.SAME
                && (isTarget(statement.product()) || liesIn(statement.product(), component));
    }

    private Meaning means(String written, Component component) {
        return purl(written).map(purl -> Meaning.of(purl, component.purl())).orElse(Meaning.OTHER);
    }

    private Optional<PackageUrl> purl(String written) {
        return purls.computeIfAbsent(written, PackageUrl::parse);
    }

    /** Nobody spoke for a copy that lies elsewhere. */
    private boolean liesIn(String product, Component component) {
        for (Location location : component.locations()) {
            boolean isHeld = false;
            for (Component neighbour : byPath.getOrDefault(location.path(), List.of())) {
                isHeld |= means(product, neighbour) == Meaning.SAME;
            }
            if (!isHeld) {
                return false;
            }
        }
        return !component.locations().isEmpty();
    }

    /** Whether a product is the whole target: by name, tag or digest, or as an image's package URL. */
    private boolean isTarget(String product) {
        String digest = target.digest().map(Object::toString).orElse("");
        if (product.equals(target.given()) || target.tags().contains(product) || product.equals(digest)) {
            return !product.isEmpty();
        }
        Optional<PackageUrl> purl = purl(product);
        boolean isImage = purl.isPresent()
                && (purl.get().type().equals("oci") || purl.get().type().equals("docker"));
        if (!isImage) {
            return false;
        }
        if (purl.get().version().startsWith("sha256:")) {
            return purl.get().version().equals(digest);
        }
        String tag = purl.get().qualifiers().getOrDefault("tag", purl.get().version());
        for (String own : target.tags()) {
            if (isNamed(own, purl.get(), tag)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNamed(String reference, PackageUrl purl, String tag) {
        int colon = reference.lastIndexOf(':');
        boolean hasTag = colon > reference.lastIndexOf('/');
        String repository = hasTag ? reference.substring(0, colon) : reference;
        String own = hasTag ? reference.substring(colon + 1) : "";
        String address = purl.qualifiers().getOrDefault("repository_url", "");
        boolean isSame = address.isEmpty()
                ? repository.substring(repository.lastIndexOf('/') + 1).equalsIgnoreCase(purl.name())
                : repository.equalsIgnoreCase(address) || repository.equalsIgnoreCase(address + "/" + purl.name());
        return isSame && (tag.isEmpty() || tag.equals(own));
    }

    List<Notice> notices(List<Finding> all) {
        List<Notice> notices = new ArrayList<>();
        for (VexDocument document : documents) {
            List<Notice> own = new ArrayList<>();
            document.unusable().forEach(each -> own.add(new Notice(Notice.Code.INVALID, each.place(), each.why(), "")));
            boolean isUsed = false;
            Set<String> told = new HashSet<>();
            for (VexStatement statement : document.statements()) {
                isUsed |= matched.contains(statement.place());
            }
            for (Finding finding : all) {
                nearlyAbout(finding, document, told).ifPresent(own::add);
            }
            if (!isUsed && own.isEmpty()) {
                own.add(new Notice(
                        Notice.Code.UNUSED,
                        document.name(),
                        "none of its " + document.statements().size() + " statements is about a finding of this target",
                        ""));
            }
            notices.addAll(own.subList(0, Math.min(MOST_NOTICES, own.size())));
        }
        return notices;
    }

    private Optional<Notice> nearlyAbout(Finding finding, VexDocument document, Set<String> told) {
        Component component = component(finding);
        if (component == null) {
            return Optional.empty();
        }
        for (VexStatement statement : about(finding)) {
            boolean isOwn = statement.place().startsWith(document.name() + " ");
            if (!isOwn || matched.contains(statement.place()) || told.contains(statement.place())) {
                continue;
            }
            String written = statement.part().isEmpty() ? statement.product() : statement.part();
            Meaning meaning = means(written, component);
            if (meaning.isNear() || meaning == Meaning.SAME) {
                told.add(statement.place());
                return Optional.of(near(finding, component, statement, written, meaning));
            }
        }
        return Optional.empty();
    }

    private Notice near(Finding finding, Component component, VexStatement statement, String written, Meaning meaning) {
        if (meaning == Meaning.SAME) {
            return new Notice(
                    Notice.Code.NEARLY_MATCHES,
                    statement.place(),
                    finding.id() + ": the part is here, but its product " + statement.product()
                            + " is neither this target nor what holds it",
                    "name the product " + target.digest().map(Object::toString).orElse(target.given()));
        }
        return new Notice(
                Notice.Code.NEARLY_MATCHES,
                statement.place(),
                finding.id() + ": " + written + " is not " + component.purl() + ": " + meaning.difference(),
                "write " + component.purl() + " if the statement holds for it");
    }
}
