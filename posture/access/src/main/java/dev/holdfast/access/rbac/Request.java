package dev.holdfast.access.rbac;

/** What somebody asks the server to do. */
public sealed interface Request {
    String verb();

    /**
     * Something with an object.
     *
     * @param apiGroup empty for the core group
     * @param resource the plural in lower case, as in a URL
     * @param subresource empty when there is none
     * @param namespace empty for the whole cluster
     * @param name empty when no single object is meant
     */
    record OnResource(String verb, String apiGroup, String resource, String subresource, String namespace, String name)
            implements Request {
        /** The resource with its subresource, as rules write it. */
        public String resourcePath() {
            return subresource.isEmpty() ? resource : resource + "/" + subresource;
        }

        public OnResource in(String other) {
            return new OnResource(verb, apiGroup, resource, subresource, other, name);
        }

        public OnResource named(String other) {
            return new OnResource(verb, apiGroup, resource, subresource, namespace, other);
        }

        /** {@code create pods/exec}, {@code get deployments.apps/web}. */
        @Override
        public String toString() {
            String group = apiGroup.isEmpty() ? "" : "." + apiGroup;
            return verb + " " + resource + group + (subresource.isEmpty() ? "" : "/" + subresource)
                    + (name.isEmpty() ? "" : " \"" + name + "\"");
        }
    }

    /** Something with a URL that stands for no object, such as {@code /metrics}. */
    record OnUrl(String verb, String path) implements Request {
        @Override
        public String toString() {
            return verb + " " + path;
        }
    }

    /** The namespace; empty for the whole cluster. */
    default String namespaceName() {
        return this instanceof OnResource on ? on.namespace() : "";
    }

    /** A verb on a resource that may be written {@code pods/exec}, without a name, everywhere. */
    static OnResource of(String verb, String apiGroup, String resourcePath) {
        int slash = resourcePath.indexOf('/');
        return slash < 0
                ? new OnResource(verb, apiGroup, resourcePath, "", "", "")
                : new OnResource(
                        verb, apiGroup, resourcePath.substring(0, slash), resourcePath.substring(slash + 1), "", "");
    }
}
