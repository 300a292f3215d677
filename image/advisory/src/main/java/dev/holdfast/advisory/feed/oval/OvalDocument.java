package dev.holdfast.advisory.feed.oval;

import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.fact.Statement.Status;
import java.util.List;
import java.util.Map;

/**
 * What was read of an OVAL document.
 *
 * @param timestamp when it was generated, as written
 * @param definitions in their order
 * @param tests by identifier
 * @param objects package names by identifier, of {@code rpminfo_object} only
 * @param states by identifier
 */
record OvalDocument(
        String timestamp,
        List<Definition> definitions,
        Map<String, Test> tests,
        Map<String, String> objects,
        Map<String, State> states) {

    /**
     * One definition: a bulletin ({@code patch}) or a flaw ({@code vulnerability}).
     *
     * @param id as written
     * @param bulletin identifier of the bulletin; empty for a flaw
     * @param flaws CVEs, each with the ratings and weaknesses given for it
     * @param platforms products named as affected
     * @param cpes products named by platform enumeration
     * @param severity the publisher's word, lower case
     * @param issued day
     * @param updated day
     * @param patchable Microsoft's {@code true}, {@code false} or {@code Not Applicable}; empty elsewhere
     * @param resolutions Red Hat's plans by component
     * @param criteria what must hold
     */
    record Definition(
            String id,
            String bulletin,
            Map<String, Flaw> flaws,
            List<String> platforms,
            List<String> cpes,
            String severity,
            String issued,
            String updated,
            String patchable,
            Map<String, Status> resolutions,
            Node criteria) {}

    /** What a definition says of a CVE. */
    record Flaw(List<Rating> ratings, List<String> weaknesses) {}

    /** A node of the tree of criteria. */
    sealed interface Node {
        /** A product that is installed, by name. */
        record Platform(String name) implements Node {}

        /** An RPM module that is enabled, {@code name:stream}. */
        record Module(String name) implements Node {}

        /** A machine's architecture. */
        record Architecture(String name) implements Node {}

        /** A condition on builds that no image base holds (Oracle's ksplice). */
        record SpecialBuild() implements Node {}

        /**
         * A test that the document tells.
         *
         * @param id identifier
         * @param packageName and {@code version}: what the comment says ({@code X is earlier than V}); empty when it says something else.
         *     Excerpts of documents lack the tests
         */
        record TestReference(String id, String packageName, String version) implements Node {}

        /** All of the children, or any. */
        record Group(boolean all, List<Node> children) implements Node {}
    }

    /**
     * A test.
     *
     * @param isPackage whether it looks at RPM packages
     * @param isAbsence whether it holds when there is none
     * @param object identifier of the object
     * @param state identifier of the state; empty when being there is enough
     */
    record Test(boolean isPackage, boolean isAbsence, String object, String state) {}

    /**
     * What a package must be like.
     *
     * @param operation {@code less than}, …, of the version; empty when the state is not about the version
     * @param version with epoch 0 left out
     * @param architectures empty for any
     * @param isNever whether no package can be like that: SUSE's way of saying that none is affected
     */
    record State(String operation, String version, List<String> architectures, boolean isNever) {}
}
