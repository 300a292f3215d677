package dev.holdfast.advisory.feed.general;

import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Lifecycle;
import dev.holdfast.advisory.feed.FeedText;
import java.util.Map;

/** What both forms of endoflife.date have in common: names of products and releases as os-release writes them. */
final class EndOfLife {
    static final String SOURCE = "endoflife-date";

    /** Distributions whose key there is not their os-release identifier. */
    private static final Map<String, String> DISTRIBUTIONS = Map.ofEntries(
            Map.entry("alpine-linux", "alpine"),
            Map.entry("alpine", "alpine"),
            Map.entry("amazon-linux", "amzn"),
            Map.entry("oracle-linux", "ol"),
            Map.entry("rocky-linux", "rocky"),
            Map.entry("opensuse", "opensuse-leap"),
            Map.entry("vmware-photon", "photon"),
            Map.entry("antix-linux", "antix"),
            Map.entry("clearlinux", "clear-linux-os"),
            Map.entry("mxlinux", "mx"),
            Map.entry("pop-os", "pop"),
            Map.entry("azure-linux", "azurelinux"));

    private EndOfLife() {}

    /**
     * A release as its publisher gives it.
     *
     * @param product key there
     * @param release name of the cycle
     * @param codename empty when none
     * @param released day, or something else
     * @param ended day, or {@code true} for a day that is not known, or {@code false}
     * @param extendedEnded the same
     * @param lastRelease day of the newest release of the cycle
     */
    record Cycle(
            String product,
            String release,
            String codename,
            String released,
            String ended,
            String extendedEnded,
            String lastRelease) {}

    static void accept(String where, Cycle cycle, FactSink facts) {
        if (!FeedText.isName(cycle.product()) || !FeedText.isName(cycle.release())) {
            facts.dropped(where, "a release has no name");
            return;
        }
        String release = release(cycle.product(), cycle.release());
        String released = FeedText.day(cycle.released());
        String lastRelease = FeedText.day(cycle.lastRelease());
        String latest = lastRelease.isEmpty() ? released : lastRelease;
        Lifecycle lifecycle = new Lifecycle(
                product(cycle.product(), release),
                release,
                FeedText.isName(cycle.codename()) ? cycle.codename() : "",
                released,
                end(cycle.ended(), latest),
                end(cycle.extendedEnded(), latest));
        facts.accept(lifecycle);
        // From 9 on there is no CentOS but Stream, and os-release calls both centos.
        if (cycle.product().equals("centos-stream") && !release.equals("8")) {
            facts.accept(new Lifecycle(
                    "centos",
                    release,
                    lifecycle.codename(),
                    lifecycle.released(),
                    lifecycle.endOfSupport(),
                    lifecycle.endOfExtendedSupport()));
        }
    }

    private static String product(String product, String release) {
        if (product.equals("suse-linux-micro")) {
            return release.startsWith("5") ? "sle-micro" : "sl-micro";
        }
        return DISTRIBUTIONS.getOrDefault(product, product);
    }

    /** SLES up to 15 has no {@code .0} in its first release's {@code VERSION_ID}. */
    private static String release(String product, String release) {
        boolean isFirst = product.equals("sles") && release.matches("1[0-5]\\.0");
        return isFirst ? release.substring(0, 2) : release;
    }

    /** What has ended on an unknown day has ended by its last release, the latest day on which it is known to have been alive. */
    private static String end(String text, String lastRelease) {
        return text.equals("true") ? lastRelease : FeedText.day(text);
    }
}
