package dev.holdfast.advisory.feed.ubuntu;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Advisory.Kind;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.Statements;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ubuntu's CVE tracker, a folder of files of the form told at {@link TrackerFile}, one a CVE, in {@code active/}, {@code retired/} and
 * {@code ignored/}.
 *
 * <p>What is stated. A source package in a release can have several states: one of the release, and one of each pocket of Expanded
 * Security Maintenance ({@code trusty/esm}, {@code esm-infra/xenial}, {@code esm-apps/focal}), which only machines with a subscription
 * reach. Most pockets repeat the release or carry on where its support ended. So there is one statement for the release, the latest
 * judgement of the same source, and one for a pocket (with the pocket as repository) only if that has a fix which the release does not
 * have. The release is then unfixed, or at its end of life, <em>below the version of that fix</em>: a machine that has it is not
 * affected.
 *
 * <p>What is left out: {@code DNE} (not in that release); {@code upstream} and {@code devel}, which name no release; pockets and
 * releases that are no base of container images ({@code fips}, {@code fips-updates}, {@code ros-esm}, {@code snap}, {@code ubuntu-core},
 * {@code stable-phone-overlay}) and what is older than 14.04. The version that {@code not-affected} may carry is not kept either: no
 * image of that release has an older one.
 */
public final class UbuntuTracker implements Feed {
    @Override
    public String name() {
        return "ubuntu-cve-tracker";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        String text = FeedText.headText(head);
        return text.startsWith("Candidate:") || text.contains("\nCandidate:");
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        state(TrackerFile.read(file), facts);
    }

    static void state(TrackerFile tracker, FactSink facts) {
        List<Rating> ratings = new ArrayList<>();
        if (!tracker.priority().isEmpty()) {
            ratings.add(new Rating("ubuntu", "", tracker.priority()));
        }
        ratings.addAll(tracker.scores());
        facts.accept(new Advisory(
                tracker.candidate(),
                Kind.VULNERABILITY,
                List.of(),
                List.of(),
                tracker.publicDate(),
                "",
                tracker.isRejected(),
                ratings,
                List.of()));
        tracker.packages().forEach((name, states) -> {
            if (FeedText.isName(name)) {
                readPackage(tracker, name, states, facts);
            } else {
                facts.dropped(tracker.candidate(), "a package without a name");
            }
        });
    }

    private static void readPackage(
            TrackerFile tracker, String name, Map<String, TrackerState> states, FactSink facts) {
        for (Map.Entry<String, ReleaseStates> entry : byCodename(states).entrySet()) {
            Optional<String> namespace = UbuntuReleases.namespace(entry.getKey());
            if (namespace.isPresent()) {
                String priority = tracker.priority(name, entry.getKey());
                entry.getValue().state(Statements.of(tracker.candidate(), namespace.get(), name, priority), facts);
            }
        }
    }

    private static Map<String, ReleaseStates> byCodename(Map<String, TrackerState> states) {
        Map<String, ReleaseStates> releases = new LinkedHashMap<>();
        for (Map.Entry<String, TrackerState> entry : states.entrySet()) {
            if (entry.getValue().isSilent()) {
                continue;
            }
            String release = entry.getKey();
            int slash = release.indexOf('/');
            String first = slash < 0 ? release : release.substring(0, slash);
            String second = slash < 0 ? "" : release.substring(slash + 1);
            if (slash < 0) {
                releases.computeIfAbsent(first, any -> new ReleaseStates()).own = Optional.of(entry.getValue());
            } else if (second.equals("esm")) {
                releases.computeIfAbsent(first, any -> new ReleaseStates())
                        .pockets
                        .put("esm", entry.getValue());
            } else if (first.startsWith("esm-")) {
                releases.computeIfAbsent(second, any -> new ReleaseStates())
                        .pockets
                        .put(first, entry.getValue());
            }
        }
        return releases;
    }

    /** What the tracker says of one package in one release and its pockets. */
    private static final class ReleaseStates {
        private final Map<String, TrackerState> pockets = new LinkedHashMap<>();
        private Optional<TrackerState> own = Optional.empty();

        void state(Statements about, FactSink facts) {
            Optional<Status> status = own.flatMap(state -> status(about, state, facts));
            if (status.isPresent() && status.get() == Status.FIXED) {
                own.flatMap(TrackerState::version).map(about::fixedIn).ifPresent(facts::accept);
                return;
            }
            String bound = own.flatMap(TrackerState::version).orElse("");
            for (Map.Entry<String, TrackerState> pocket : pockets.entrySet()) {
                Optional<Status> later = status(about, pocket.getValue(), facts);
                Optional<String> fix = pocket.getValue().version();
                if (later.isPresent() && later.get() == Status.FIXED && fix.isPresent()) {
                    facts.accept(in(pocket.getKey(), about).fixedIn(fix.get()));
                    bound = fix.get();
                    status = status.map(ReleaseStates::unfixed);
                } else if (later.isPresent() && own.isEmpty()) {
                    facts.accept(in(pocket.getKey(), about).below(later.get(), fix.orElse("")));
                } else if (later.isPresent()) {
                    status = status.map(before -> before == Status.END_OF_LIFE ? later.get() : before);
                }
            }
            if (status.isPresent()) {
                facts.accept(
                        status.get() == Status.NOT_AFFECTED ? about.notAffected() : about.below(status.get(), bound));
            }
        }

        /** A release whose pocket has a fix is affected, even where nobody looked. */
        private static Status unfixed(Status status) {
            return status == Status.UNDER_INVESTIGATION || status == Status.DEFERRED ? Status.UNFIXED : status;
        }

        private static Statements in(String pocket, Statements about) {
            return new Statements(
                    about.advisory(),
                    about.namespace(),
                    about.packageName(),
                    new Qualifiers("", List.of(), pocket),
                    about.rating());
        }

        private static Optional<Status> status(Statements about, TrackerState state, FactSink facts) {
            Optional<Status> status = state.status();
            if (status.isEmpty()) {
                facts.dropped(about.advisory() + " " + about.packageName(), "unknown state " + state.word());
            } else if (status.get() == Status.FIXED && state.version().isEmpty()) {
                facts.dropped(about.advisory() + " " + about.packageName(), "released without a version");
                return Optional.empty();
            }
            return status;
        }
    }
}
