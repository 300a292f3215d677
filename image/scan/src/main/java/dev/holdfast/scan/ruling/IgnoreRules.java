package dev.holdfast.scan.ruling;

import dev.holdfast.core.Finding;
import dev.holdfast.core.PackageUrl;
import dev.holdfast.core.text.Wildcard;
import dev.holdfast.inventory.Component;
import dev.holdfast.oci.TargetDescription;
import dev.holdfast.scan.exemption.Exemption;
import dev.holdfast.scan.exemption.Nearest;
import dev.holdfast.scan.observe.Subject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** People's own exemptions, on one target. The first that holds decides; each is asked, so that all of them are accounted for. */
final class IgnoreRules {
    /** So many identifiers are named as what may be meant. */
    private static final int SHOWN = 4;

    /** Stands for the package of a finding that is about none. */
    private static final PackageUrl NO_PACKAGE = PackageUrl.of("generic", "", "none", "");

    private final List<Exemption> rules;
    private final int[] hits;
    private final LocalDate asOf;
    private final TargetDescription target;
    private final Map<String, Component> byPurl = new HashMap<>();

    IgnoreRules(List<Exemption> rules, Subject subject, LocalDate asOf) {
        this.rules = rules;
        this.hits = new int[rules.size()];
        this.asOf = asOf;
        this.target = subject.description();
        if (!rules.isEmpty()) {
            subject.inventory()
                    .components()
                    .forEach(component -> byPurl.put(component.purl().toString(), component));
        }
    }

    Optional<Ruling> on(Finding finding) {
        Optional<Ruling> ruling = Optional.empty();
        for (int i = 0; i < rules.size(); i++) {
            Exemption rule = rules.get(i);
            if (isForTarget(rule) && isNamed(rule, finding) && isPackage(rule, finding) && isPlace(rule, finding)) {
                hits[i]++;
                if (ruling.isEmpty() && !rule.hasExpired(asOf)) {
                    ruling = Optional.of(ruling(rule));
                }
            }
        }
        return ruling;
    }

    private static Ruling ruling(Exemption rule) {
        return new Ruling(
                Ruling.Kind.IGNORE,
                rule.justification().isEmpty() ? "ignored" : "not_affected",
                rule.reason(),
                rule.justification(),
                rule.owner(),
                rule.expires(),
                rule.place());
    }

    private boolean isForTarget(Exemption rule) {
        String pattern = rule.scope().target();
        if (pattern.isEmpty() || Wildcard.matches(pattern, target.given())) {
            return true;
        }
        boolean isDigest =
                target.digest().map(Object::toString).map(pattern::equals).orElse(false);
        return isDigest || target.tags().stream().anyMatch(tag -> Wildcard.matches(pattern, tag));
    }

    private static boolean isNamed(Exemption rule, Finding finding) {
        for (String id : rule.ids()) {
            if (id.equalsIgnoreCase(finding.id()) || finding.aliases().stream().anyMatch(id::equalsIgnoreCase)) {
                return true;
            }
        }
        return rule.ids().isEmpty();
    }

    private boolean isPackage(Exemption rule, Finding finding) {
        String name = rule.scope().packageName();
        if (name.isEmpty()) {
            return true;
        }
        if (finding.component().isEmpty()) {
            return false;
        }
        PackageUrl found = finding.component().get();
        Optional<PackageUrl> written = rule.scope().purl();
        if (written.isPresent()) {
            return Meaning.of(written.get(), found) == Meaning.SAME;
        }
        int at = name.lastIndexOf('@');
        String version = at > 0 ? name.substring(at + 1) : "";
        String plain = at > 0 ? name.substring(0, at) : name;
        boolean isVersion = version.isEmpty() || version.equals(found.version());
        return isVersion && names(found).stream().anyMatch(own -> Wildcard.matches(plain, own));
    }

    /** What people call a package: its world's name for it, the last part of that, its source. */
    private List<String> names(PackageUrl purl) {
        List<String> names = new ArrayList<>(List.of(purl.name()));
        if (!purl.namespace().isEmpty()) {
            names.add(purl.namespace() + "/" + purl.name());
            names.add(purl.namespace() + ":" + purl.name());
        }
        Component component = byPurl.get(purl.toString());
        if (component != null) {
            names.add(component.record().name());
            component.record().source().ifPresent(source -> names.add(source.name()));
        }
        return names;
    }

    /** Every place, so that the copy that lies elsewhere still counts. */
    private static boolean isPlace(Exemption rule, Finding finding) {
        String pattern = rule.scope().path();
        if (pattern.isEmpty()) {
            return true;
        }
        return !finding.locations().isEmpty()
                && finding.locations().stream().allMatch(place -> Wildcard.matches(pattern, place.path()));
    }

    List<Notice> notices(List<Finding> all) {
        List<Notice> notices = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            Exemption rule = rules.get(i);
            if (rule.hasExpired(asOf)) {
                notices.add(expired(rule, hits[i]));
            } else if (hits[i] == 0 && isForTarget(rule)) {
                notices.add(unused(rule, all));
            }
        }
        return notices;
    }

    private static Notice expired(Exemption rule, int hits) {
        String day = rule.expires().map(LocalDate::toString).orElse("");
        String effect = hits == 0
                ? "and matches nothing any more"
                : hits + (hits == 1 ? " finding counts again" : " findings count again");
        return new Notice(
                Notice.Code.EXPIRED,
                rule.place(),
                label(rule) + " held until " + day + ", " + effect,
                hits == 0 ? "delete it" : "decide again and set a later expires:, or delete it");
    }

    private static String label(Exemption rule) {
        String what = rule.ids().isEmpty() ? "" : String.join(", ", rule.ids());
        String where = rule.scope().packageName();
        where = where.isEmpty() ? rule.scope().path() : where;
        return what.isEmpty() ? where : where.isEmpty() ? what : what + " for " + where;
    }

    private Notice unused(Exemption rule, List<Finding> all) {
        List<Finding> ofFlaw = rule.ids().isEmpty()
                ? List.of()
                : all.stream().filter(finding -> isNamed(rule, finding)).toList();
        for (Finding finding : ofFlaw) {
            if (isPackage(rule, finding)) {
                return otherPlace(rule, finding);
            }
        }
        if (!ofFlaw.isEmpty()) {
            return otherPackage(rule, nearest(rule, ofFlaw));
        }
        TreeSet<String> near = new TreeSet<>();
        for (Finding finding : all) {
            if (isPackage(rule, finding) && isPlace(rule, finding)) {
                near.add(finding.id());
            }
        }
        Optional<String> meant =
                rule.ids().isEmpty() ? Optional.empty() : Nearest.of(rule.ids().getFirst(), near, 1);
        if (meant.isPresent()) {
            return new Notice(
                    Notice.Code.NEARLY_MATCHES,
                    rule.place(),
                    label(rule) + " matches nothing; " + meant.get() + " is reported",
                    "write id: " + meant.get() + " if that is meant");
        }
        if (!near.isEmpty()
                && !rule.ids().isEmpty()
                && !rule.scope().packageName().isEmpty()) {
            return new Notice(
                    Notice.Code.NEARLY_MATCHES,
                    rule.place(),
                    label(rule) + " matches nothing; reported for that package: "
                            + String.join(", ", near.stream().limit(SHOWN).toList())
                            + (near.size() > SHOWN ? " and " + (near.size() - SHOWN) + " more" : ""),
                    "write the id: that is meant, or delete it");
        }
        return new Notice(
                Notice.Code.UNUSED, rule.place(), label(rule) + " matches no finding of this target", "delete it");
    }

    /** The finding whose package looks most like what the rule names. */
    private static Finding nearest(Exemption rule, List<Finding> findings) {
        Map<String, Finding> byName = new LinkedHashMap<>();
        boolean isPurl = rule.scope().purl().isPresent();
        for (Finding finding : findings) {
            PackageUrl purl = finding.component().orElse(NO_PACKAGE);
            byName.putIfAbsent(isPurl ? purl.toString() : purl.name() + "@" + purl.version(), finding);
        }
        String best =
                Nearest.closest(rule.scope().packageName(), byName.keySet()).orElse("");
        return byName.getOrDefault(best, findings.getFirst());
    }

    private static Notice otherPlace(Exemption rule, Finding finding) {
        List<String> outside = finding.locations().stream()
                .map(Finding.Place::path)
                .filter(path -> !Wildcard.matches(rule.scope().path(), path))
                .toList();
        String first = outside.isEmpty() ? "no place at all" : outside.getFirst();
        return new Notice(
                Notice.Code.NEARLY_MATCHES,
                rule.place(),
                label(rule) + " does not hold: it also lies in " + first + ", outside "
                        + rule.scope().path(),
                "widen path: so that it covers " + first + ", or remove path:");
    }

    private Notice otherPackage(Exemption rule, Finding finding) {
        PackageUrl found = finding.component().orElse(NO_PACKAGE);
        Meaning meaning =
                rule.scope().purl().map(written -> Meaning.of(written, found)).orElse(Meaning.OTHER);
        boolean isPurl = rule.scope().purl().isPresent();
        String name = byPurl.containsKey(found.toString())
                ? byPurl.get(found.toString()).record().name()
                : found.name();
        String suggestion = isPurl
                ? found.toString()
                : rule.scope().packageName().indexOf('@') > 0 ? name + "@" + found.version() : name;
        String difference = meaning.difference().isEmpty() ? "the package is another" : meaning.difference();
        return new Notice(
                Notice.Code.NEARLY_MATCHES,
                rule.place(),
                label(rule) + " matches nothing; " + finding.id() + " is reported for " + found + ": " + difference,
                "write package: " + suggestion + " if that is meant");
    }
}
