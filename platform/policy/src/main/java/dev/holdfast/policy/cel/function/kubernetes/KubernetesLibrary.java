package dev.holdfast.policy.cel.function.kubernetes;

import dev.holdfast.policy.cel.function.Library;
import dev.holdfast.policy.cel.function.standard.StandardLibrary;

/** What the API server gives to expressions of policies: the standard functions, and its own. */
public final class KubernetesLibrary {
    public static final Library FUNCTIONS = functions();

    private KubernetesLibrary() {}

    private static Library functions() {
        Library library = new Library();
        StandardLibrary.addTo(library);
        Quantity.addTo(library);
        IpAddress.addTo(library);
        Cidr.addTo(library);
        WebAddress.addTo(library);
        SemanticVersion.addTo(library);
        NamedFormat.addTo(library);
        Authorizer.addTo(library);
        return library;
    }
}
