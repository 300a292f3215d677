package dev.holdfast.server.admission;

import dev.holdfast.core.text.Wildcard;
import dev.holdfast.policy.Exemption;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** What does not count for one request. What is set aside is told in the audit log, with the reason. */
final class Exceptions {
    private final List<Exemption> exceptions;
    private final InstantSource clock;

    Exceptions(List<Exemption> exceptions, InstantSource clock) {
        this.exceptions = exceptions;
        this.clock = clock;
    }

    /**
     * Whether an objection is set aside.
     *
     * @param id the rule, the control, the policy, or the image
     */
    boolean cover(String id, AdmissionRequest request, Objections objections) {
        for (Exemption exception : exceptions) {
            if (!isAbout(exception, id, request)) {
                continue;
            }
            if (exception.hasExpired(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))) {
                objections.annotate("exceptions-expired", id + ": " + exception.reason());
                continue;
            }
            String owner = exception.owner().isEmpty() ? "" : " (" + exception.owner() + ")";
            objections.annotate("exceptions", id + ": " + exception.reason() + owner);
            return true;
        }
        return false;
    }

    private static boolean isAbout(Exemption exception, String id, AdmissionRequest request) {
        boolean isNamed = exception.ids().isEmpty();
        for (String pattern : exception.ids()) {
            isNamed |= Wildcard.matches(pattern, id);
        }
        if (!isNamed || exception.target().isEmpty()) {
            return isNamed;
        }
        String name = request.namespace() + "/" + request.name();
        return Wildcard.matches(exception.target(), name)
                || Wildcard.matches(exception.target(), request.kind().kind() + " " + name);
    }
}
