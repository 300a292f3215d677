package dev.holdfast.report.access;

import dev.holdfast.access.AccessReport;
import dev.holdfast.access.AccessReport.Can;
import dev.holdfast.access.AccessReport.Paths;
import dev.holdfast.access.AccessReport.Rights;
import dev.holdfast.access.AccessReport.Unused;
import dev.holdfast.access.AccessReport.WhoCan;
import dev.holdfast.access.audit.UsageReport.BindingUse;
import dev.holdfast.access.paths.Cut;
import dev.holdfast.access.paths.Edit;
import dev.holdfast.access.paths.Step;
import dev.holdfast.access.rbac.Binding;
import dev.holdfast.access.rbac.Grant;
import dev.holdfast.access.rbac.Request;
import dev.holdfast.access.rbac.Requester;
import dev.holdfast.access.rbac.Role;
import dev.holdfast.access.rbac.Rule;
import dev.holdfast.access.rbac.Subject;
import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.manifest.kubernetes.Origin;
import dev.holdfast.report.form.DocumentParts;
import java.io.OutputStream;
import java.util.List;

/** Writes answers about access as JSON of schema {@code holdfast-access/1}; the schema is in {@code docs/schema}. */
public final class JsonAccess {
    private final JsonWriter json;

    private JsonAccess(JsonWriter json) {
        this.json = json;
    }

    /** Writes one document and leaves the stream open. */
    public static void write(AccessReport report, String version, OutputStream out) {
        try (JsonWriter json = new JsonWriter(out)) {
            new JsonAccess(json).document(report, version);
        }
    }

    private void document(AccessReport report, String version) {
        json.object(() -> {
            DocumentParts.head(json, "holdfast-access/1", version);
            switch (report.content()) {
                case WhoCan who -> whoCan(who);
                case Can can -> can(can);
                case Rights rights -> rights(rights);
                case Paths paths -> paths(paths);
                case Unused unused -> unused(unused);
            }
            DocumentParts.gaps(json, report.gaps());
            DocumentParts.verdict(
                    json, report.verdict().outcome().word(), report.verdict().sentence());
        });
    }

    private void whoCan(WhoCan who) {
        json.object("question", () -> {
            json.text("kind", "who-can");
            request(who.request());
            who.namespace().ifPresent(namespace -> json.text("in", namespace.isEmpty() ? "*" : namespace));
        });
        notes(who.notes());
        json.array("grants", () -> who.holders().forEach(grant -> json.object(() -> grant(grant))));
    }

    private void can(Can can) {
        json.object("question", () -> {
            json.text("kind", "can");
            requester(can.requester());
            request(can.request());
        });
        notes(can.notes());
        json.flag("allowed", can.answer().isAllowed());
        if (!can.answer().reason().isEmpty()) {
            json.text("reason", can.answer().reason());
        }
        if (!can.elsewhere().isEmpty()) {
            json.texts("allowedIn", can.elsewhere());
        }
        json.array("grants", () -> can.answer().grants().forEach(grant -> json.object(() -> grant(grant))));
        missing(can.answer().missing());
    }

    private void rights(Rights rights) {
        json.object("question", () -> {
            json.text("kind", "rights");
            requester(rights.requester());
        });
        json.array("grants", () -> rights.grants().forEach(grant -> json.object(() -> grant(grant))));
        missing(rights.missing());
    }

    private void notes(List<String> notes) {
        if (!notes.isEmpty()) {
            json.texts("notes", notes);
        }
    }

    private void missing(List<Binding> missing) {
        if (!missing.isEmpty()) {
            json.array(
                    "missingRoles",
                    () -> missing.forEach(binding -> json.object(() -> {
                        json.text("kind", binding.roleKind());
                        json.text("name", binding.roleName());
                        json.object("binding", () -> binding(binding));
                    })));
        }
    }

    private void paths(Paths paths) {
        json.object("question", () -> {
            json.text("kind", "paths");
            requester(paths.report().subject());
        });
        json.flag("administrator", paths.report().isAdministrator());
        json.array(
                "paths",
                () -> paths.report()
                        .ways()
                        .forEach(way -> json.object(() -> {
                            json.flag("certain", way.stream().allMatch(Step::isCertain));
                            json.array("steps", () -> way.forEach(step -> json.object(() -> step(step))));
                        })));
        json.array("cuts", () -> {
            paths.report().narrowing().ifPresent(cut -> cut("narrow", cut));
            paths.report().unbinding().ifPresent(cut -> cut("unbind", cut));
        });
    }

    private void step(Step step) {
        json.text("from", step.from().described());
        json.text("to", step.to().described());
        json.text("technique", step.technique().word());
        if (!step.isCertain()) {
            json.text("condition", step.condition());
        }
        json.array(
                "needs",
                () -> step.needs()
                        .forEach(need -> json.object(() -> {
                            json.text("right", need.request().toString());
                            grant(need.grant());
                        })));
    }

    private void cut(String kind, Cut cut) {
        json.object(() -> {
            json.text("kind", kind);
            json.flag("smallest", cut.isSmallest());
            json.array("edits", () -> cut.edits().forEach(edit -> json.object(() -> edit(edit))));
        });
    }

    private void edit(Edit edit) {
        switch (edit) {
            case Edit.NarrowRule narrow -> {
                json.text("edit", "narrow-rule");
                json.object("role", () -> role(narrow.role()));
                json.object("rule", () -> rule(narrow.rule()));
                json.texts("take", narrow.rights());
            }
            case Edit.Unbind unbind -> {
                json.text("edit", "unbind");
                json.object("binding", () -> binding(unbind.binding()));
                json.object(
                        "subject",
                        () -> subject(unbind.subject(), unbind.binding().namespace()));
            }
        }
    }

    private void unused(Unused unused) {
        json.object("question", () -> json.text("kind", "unused"));
        json.object("log", () -> {
            json.number("events", unused.report().events());
            if (!unused.report().first().isEmpty()) {
                json.text("first", unused.report().first());
                json.text("last", unused.report().last());
            }
        });
        json.array("unused", () -> unused.report().withUnused().forEach(use -> json.object(() -> use(use))));
    }

    private void use(BindingUse use) {
        json.flag("whole", use.isUnused());
        json.object("binding", () -> binding(use.binding()));
        json.object("role", () -> role(use.role()));
        json.array(
                "idle",
                () -> use.idle()
                        .forEach(subject ->
                                json.object(() -> subject(subject, use.binding().namespace()))));
        json.array(
                "rules",
                () -> use.rules().stream()
                        .filter(rule -> !rule.unused().isEmpty())
                        .forEach(rule -> json.object(() -> {
                            rule(rule.rule());
                            json.texts("unused", rule.unused());
                            json.texts("used", rule.used());
                        })));
    }

    private void requester(Requester requester) {
        json.object("subject", () -> {
            if (!requester.user().isEmpty()) {
                json.text("user", requester.user());
            }
            json.texts("groups", requester.groups());
        });
    }

    private void request(Request request) {
        json.text("verb", request.verb());
        switch (request) {
            case Request.OnResource on -> {
                json.text("group", on.apiGroup());
                json.text("resource", on.resource());
                member("subresource", on.subresource());
                member("name", on.name());
                member("namespace", on.namespace());
            }
            case Request.OnUrl url -> json.text("path", url.path());
        }
    }

    private void member(String name, String value) {
        if (!value.isEmpty()) {
            json.text(name, value);
        }
    }

    private void grant(Grant grant) {
        json.object("subject", () -> subject(grant.subject(), grant.namespace()));
        json.text("in", grant.namespace().isEmpty() ? "*" : grant.namespace());
        json.object("binding", () -> binding(grant.binding()));
        json.object("role", () -> role(grant.role()));
        json.object("rule", () -> rule(grant.rule()));
    }

    private void subject(Subject subject, String bindingNamespace) {
        json.text("kind", subject.kind());
        json.text("name", subject.name());
        if (subject.kind().equals("ServiceAccount")) {
            json.text("namespace", subject.home(bindingNamespace));
        }
    }

    private void binding(Binding binding) {
        json.text("kind", binding.kind());
        json.text("name", binding.name());
        member("namespace", binding.namespace());
        origin(binding.origin());
    }

    private void role(Role role) {
        json.text("kind", role.kind());
        json.text("name", role.name());
        member("namespace", role.namespace());
        origin(role.origin());
    }

    private void rule(Rule rule) {
        json.texts("verbs", rule.verbs());
        if (rule.nonResourceUrls().isEmpty()) {
            json.texts("apiGroups", rule.apiGroups());
            json.texts("resources", rule.resources());
            if (!rule.resourceNames().isEmpty()) {
                json.texts("resourceNames", rule.resourceNames());
            }
        } else {
            json.texts("nonResourceURLs", rule.nonResourceUrls());
        }
        json.text("writtenIn", rule.writer());
        origin(rule.origin());
    }

    private void origin(Origin origin) {
        if (origin.line() > 0) {
            json.text("path", origin.file());
            json.number("line", origin.line());
        }
    }
}
