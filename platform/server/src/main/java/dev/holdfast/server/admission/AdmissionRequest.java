package dev.holdfast.server.admission;

import dev.holdfast.manifest.tree.Node;
import java.util.List;
import java.util.Optional;

/**
 * The API server's question: may this be done? As {@code admission.k8s.io/v1} has it.
 *
 * @param apiVersion of the review, which the answer repeats
 * @param uid of this one question, which the answer repeats
 * @param kind of the object
 * @param resource that is written to
 * @param subResource empty for the object itself
 * @param operation {@code CREATE}, {@code UPDATE}, {@code DELETE} or {@code CONNECT}
 * @param name empty when the server has not made one yet
 * @param namespace empty for what is in none
 * @param object as it would be; empty on deletion
 * @param oldObject as it is; empty on creation
 * @param isDryRun whether nothing is to be kept
 */
public record AdmissionRequest(
        String apiVersion,
        String uid,
        Kind kind,
        Resource resource,
        String subResource,
        String operation,
        String name,
        String namespace,
        User user,
        Optional<Node.Mapping> object,
        Optional<Node.Mapping> oldObject,
        Optional<Node.Mapping> options,
        boolean isDryRun) {
    /** A kind of object. */
    public record Kind(String group, String version, String kind) {}

    /** A collection of the API. */
    public record Resource(String group, String version, String resource) {}

    /** Who asks. */
    public record User(String name, String uid, List<String> groups) {
        public User {
            groups = List.copyOf(groups);
        }
    }

    /** The object as people name it: {@code pods "web"}. */
    public String subject() {
        String of = resource.group().isEmpty() ? resource.resource() : resource.resource() + "." + resource.group();
        return of + " \"" + name + "\"";
    }
}
