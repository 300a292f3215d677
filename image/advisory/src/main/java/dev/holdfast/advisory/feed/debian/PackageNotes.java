package dev.holdfast.advisory.feed.debian;

import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.Statements;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** All notes of one entry of the CVE list about one package. The rules are told at {@link DebianCveList}. */
final class PackageNotes {
    private final String packageName;
    private final Map<String, PackageNote> releases = new LinkedHashMap<>();
    private Optional<PackageNote> unstable = Optional.empty();

    PackageNotes(String packageName) {
        this.packageName = packageName;
    }

    void add(PackageNote note) {
        if (note.codename().isPresent()) {
            releases.put(note.codename().get(), note);
        } else {
            unstable = Optional.of(note);
        }
    }

    void state(String flaw, boolean hasBulletins, FactSink facts) {
        for (PackageNote note : releases.values()) {
            Optional<DebianRelease> release = note.codename().flatMap(DebianRelease::ofCodename);
            if (release.isPresent()) {
                stateOwn(about(flaw, release.get()), note, facts);
            } else {
                facts.dropped(flaw, "unknown release " + note.codename().orElse(""));
            }
        }
        if (unstable.isPresent()) {
            stateUnstable(flaw, unstable.get(), hasBulletins, facts);
        }
    }

    private void stateOwn(Statements about, PackageNote note, FactSink facts) {
        if (note.isFixed()) {
            facts.accept(about.fixedIn(note.version()));
            return;
        }
        Optional<Status> status = TrackerState.status(note.state());
        if (status.isEmpty()) {
            facts.dropped(about.advisory(), "unknown state <" + note.state() + ">");
        } else if (status.get() == Status.NOT_AFFECTED) {
            facts.accept(about.notAffected());
        } else {
            facts.accept(about.below(status.get(), fixInUnstable()));
        }
    }

    private void stateUnstable(String flaw, PackageNote note, boolean hasBulletins, FactSink facts) {
        if (note.state().equals("itp")) {
            return; // not in Debian
        }
        for (DebianRelease release : DebianRelease.DEVELOPMENT) {
            if (speaksFor(release) && !note.state().equals("removed")) {
                stateOwn(about(flaw, release), note, facts);
            }
        }
        boolean cleared = note.state().equals("not-affected");
        for (DebianRelease release : DebianRelease.STABLE) {
            if (speaksFor(release) && (cleared || !hasBulletins)) {
                stateStable(about(flaw, release), note, facts);
            }
        }
    }

    private void stateStable(Statements about, PackageNote note, FactSink facts) {
        if (note.isFixed()) {
            facts.accept(about.below(Status.UNFIXED, note.version()));
        } else {
            stateOwn(about, note, facts);
        }
    }

    /** Whether unstable's note holds for a release. */
    private boolean speaksFor(DebianRelease release) {
        return !releases.containsKey(release.codename());
    }

    /** Empty when unstable has none. */
    private String fixInUnstable() {
        return unstable.map(PackageNote::version).orElse("");
    }

    private Statements about(String flaw, DebianRelease release) {
        String urgency = unstable.map(PackageNote::urgency).orElse("");
        return Statements.of(flaw, release.namespace(), packageName, urgency);
    }
}
