package dev.holdfast.compare;

import dev.holdfast.advisory.Source;
import dev.holdfast.compare.Comparison.Row;
import dev.holdfast.compare.OurPackages.How;
import dev.holdfast.compare.OurPackages.Meant;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.scan.Inquiry;
import dev.holdfast.scan.Reply;
import dev.holdfast.scan.ruling.Ruling;
import dev.holdfast.scan.ruling.SetAside;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Proves why we do not report what another tool does. */
final class Silence {
    private static final int PLACES_SHOWN = 3;

    private final Inquiry inquiry;
    private final OurPackages packages;
    private final String newestSource;

    Silence(Inquiry inquiry, OurPackages packages) {
        this.inquiry = inquiry;
        this.packages = packages;
        this.newestSource = inquiry.report().basis().sources().stream()
                .map(Source::date)
                .max(String::compareTo)
                .orElse("");
    }

    /** A cause with its proof. */
    private record Proof(Cause cause, String reason, List<String> lines) {
        private Proof(Cause cause, String reason) {
            this(cause, reason, List.of());
        }
    }

    /**
     * @param names all of the flaw's
     * @param meant which of our components the claim is about
     * @param aside the finding that we have and do not count
     */
    Row row(Claim claim, Set<String> names, Meant meant, Optional<SetAside> aside) {
        Proof proof = aside.map(Silence::exempted).orElseGet(() -> proof(claim, names, meant));
        boolean isKnown = !meant.components().isEmpty() && meant.hasVersion();
        PackageRecord known = isKnown ? meant.components().getFirst().record() : null;
        return new Row(
                claim.id(),
                known == null ? claim.about().name() : known.name(),
                known == null ? claim.about().version() : known.version(),
                proof.cause(),
                proof.reason(),
                proof.lines(),
                Optional.empty(),
                claim.severity(),
                claim.line());
    }

    private static Proof exempted(SetAside aside) {
        Ruling ruling = aside.ruling();
        return new Proof(
                ruling.kind() == Ruling.Kind.VEX ? Cause.EXEMPTED_BY_VEX : Cause.EXEMPTED,
                ruling.sentence(),
                List.of(ruling.place()));
    }

    private Proof proof(Claim claim, Set<String> names, Meant meant) {
        if (meant.components().isEmpty()) {
            return notThere(claim);
        }
        Reply reply = best(claim, names, meant.components());
        Component component = reply.component();
        if (component.state() == Component.State.REMOVED) {
            return new Proof(Cause.REMOVED_LATER, removed(component), reply.proof());
        }
        if (!meant.hasVersion()) {
            return new Proof(
                    Cause.VERSION_DIFFERS,
                    "they read " + claim.about().version() + ", we read "
                            + component.record().version() + " from " + places(component) + ": "
                            + words(reply),
                    reply.proof());
        }
        if (meant.how() == How.BY_KIND) {
            return new Proof(
                    Cause.NAME_DIFFERS, "we know it as " + component.purl() + ": " + words(reply), reply.proof());
        }
        return ofReply(claim, reply);
    }

    private Proof notThere(Claim claim) {
        String path = claim.about().path();
        List<Component> others = packages.at(path);
        if (!others.isEmpty()) {
            List<String> names = others.stream()
                    .limit(PLACES_SHOWN)
                    .map(each -> each.record().name() + " " + each.record().version())
                    .toList();
            String more = others.size() > PLACES_SHOWN ? " and " + (others.size() - PLACES_SHOWN) + " more" : "";
            return new Proof(Cause.NAME_DIFFERS, "from " + path + " we read " + String.join(", ", names) + more);
        }
        if (path.isEmpty()) {
            return new Proof(Cause.NOT_IN_INVENTORY, "no package of that name; they do not say where it is");
        }
        return switch (inquiry.path(path)) {
            case PRESENT -> new Proof(Cause.NOT_IN_INVENTORY, path + " is there, and we read no such package from it");
            case REMOVED -> new Proof(Cause.REMOVED_LATER, path + " was removed by a later layer");
            case ABSENT -> new Proof(Cause.NOT_IN_INVENTORY, "no package of that name, and no " + path);
            case NOT_KNOWN -> new Proof(Cause.NOT_IN_INVENTORY, "no package of that name; they name " + path);
        };
    }

    /** The reply that says most, over all names and all the components that may be meant. */
    private Reply best(Claim claim, Set<String> names, List<Component> components) {
        List<String> asked = new ArrayList<>();
        asked.add(claim.id());
        names.stream().filter(name -> !name.equals(claim.id())).forEach(asked::add);
        Reply best = inquiry.ask(claim.id(), components.getFirst());
        for (Component component : components) {
            for (String name : asked) {
                Reply reply = inquiry.ask(name, component);
                if (reply.outcome().compareTo(best.outcome()) < 0) {
                    best = reply;
                }
            }
        }
        return best;
    }

    private Proof ofReply(Claim claim, Reply reply) {
        PackageRecord record = reply.component().record();
        Cause cause = switch (reply.outcome()) {
            case REPORTED -> Cause.FILTERED;
            case ALREADY_FIXED -> record.type().isOfDistribution() ? Cause.FIXED_BY_DISTRIBUTION : Cause.FIXED;
            case NOT_AFFECTED -> Cause.NOT_AFFECTED;
            case OUT_OF_RANGE -> Cause.OUT_OF_RANGE;
            case OUT_OF_SCOPE -> Cause.OTHER_VARIANT;
            case WITHDRAWN -> Cause.WITHDRAWN;
            case NOT_INSTALLED -> Cause.NOT_INSTALLED;
            case INFORMATIONAL -> Cause.NOTICE;
            case VENDOR_DECIDES -> Cause.VENDOR_DECIDES;
            case CLEARED_BY_VEX -> Cause.EXEMPTED_BY_VEX;
            case REMOVED -> Cause.REMOVED_LATER;
            case NOT_COMPARABLE -> Cause.NOT_COMPARABLE;
            case NO_SOURCE -> Cause.NO_SOURCE;
            case OTHER_PACKAGES -> isTooNew(claim) ? Cause.SOURCE_TOO_OLD : Cause.NOT_OF_THIS_PACKAGE;
            case UNKNOWN_FLAW -> isTooNew(claim) ? Cause.SOURCE_TOO_OLD : Cause.ADVISORY_UNKNOWN;
        };
        String reason = cause == Cause.FILTERED
                ? "we would report it: " + words(reply)
                : cause == Cause.SOURCE_TOO_OLD
                        ? "it is of " + published(claim) + ", the newest of our sources of " + newestSource
                        : words(reply);
        return new Proof(cause, reason, reply.proof());
    }

    /** The decision, with the comparison that it rests on where one does. */
    private static String words(Reply reply) {
        return reply.proof().isEmpty()
                ? reply.reason()
                : reply.reason() + "; " + reply.proof().getFirst();
    }

    private boolean isTooNew(Claim claim) {
        return !newestSource.isEmpty() && published(claim).compareTo(newestSource) > 0;
    }

    /** The day when they say it, else the year that the identifier holds. */
    private static String published(Claim claim) {
        if (!claim.published().isEmpty()) {
            return claim.published();
        }
        boolean isCve = claim.id().startsWith("CVE-") && claim.id().length() > 8;
        return isCve ? claim.id().substring(4, 8) : "";
    }

    private static String removed(Component component) {
        return "the package was removed by layer "
                + component.removedIn().map(index -> String.valueOf(index + 1)).orElse("?") + "; it was in "
                + places(component);
    }

    private static String places(Component component) {
        return String.join(
                ", ",
                component.locations().stream()
                        .limit(PLACES_SHOWN)
                        .map(Component.Location::path)
                        .toList());
    }
}
