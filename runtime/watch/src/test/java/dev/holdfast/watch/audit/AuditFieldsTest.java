package dev.holdfast.watch.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.Value;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditFieldsTest {
    private static final String EVENT = """
            {"kind":"Event","auditID":"a-1","stage":"ResponseComplete","verb":"create",
             "requestURI":"/api/v1/namespaces/x/pods/p/exec?command=sh&command=-c&stdin=true&q=a%20b",
             "user":{"username":"eve","groups":["system:masters","ops"]},"impersonatedUser":{"username":"bob"},
             "sourceIPs":["10.0.0.1","::1"],"userAgent":"kubectl",
             "objectRef":{"resource":"pods","namespace":"x","name":"p","subresource":"exec"},
             "responseStatus":{"code":201,"reason":"Created"},
             "requestObject":{"subjects":[{"kind":"User","name":"u"},{"kind":"ServiceAccount","name":"s","namespace":"n"}],
               "roleRef":{"name":"cluster-admin"},
               "rules":[{"verbs":["get","*"],"resources":["pods"]},{"verbs":["list"]}],
               "data":{"password":"x"},
               "spec":{"type":"NodePort","hostNetwork":true,"hostPID":false,"ports":[{"port":80}],
                 "securityContext":{"runAsUser":1000},
                 "containers":[
                   {"name":"a","image":"localhost:5000/team/app:1.2@sha256:00","ports":[{"hostPort":8080},{"containerPort":9}]},
                   {"name":"b","image":"nginx","command":["sh","-c"],"securityContext":{"privileged":true,"runAsUser":0,
                     "capabilities":{"add":["SYS_ADMIN"]}}}],
                 "initContainers":[{"name":"i","image":"init:1","securityContext":{"privileged":true}}],
                 "volumes":[{"name":"t","emptyDir":{}},{"name":"h","hostPath":{"path":"/etc"}}]}},
             "responseObject":{"metadata":{"name":"made"}},
             "annotations":{"authorization.k8s.io/decision":"allow","pod-security.kubernetes.io/audit-violations":"bad"},
             "stageTimestamp":"2026-11-22T10:00:00.000001Z"}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ka.auditid|a-1",
                "ka.stage|ResponseComplete",
                "ka.user.groups|(system:masters,ops)",
                "ka.impuser.name|bob",
                "ka.sourceips[1]|(::1)",
                "ka.sourceips[2]|()",
                "ka.uri.param[command]|sh",
                "ka.uri.param[q]|a b",
                "ka.uri.param[none]|<NA>",
                "ka.target.subresource|exec",
                "ka.target.pod.name|p",
                "ka.auth.decision|allow",
                "ka.auth.reason|<NA>",
                "ka.security.pod.violations|bad",
                "ka.response.code|201",
                "ka.resp.name|made",
                "ka.req.binding.role|cluster-admin",
                "ka.req.binding.subjects|({\"kind\":\"User\",\"name\":\"u\"},{\"kind\":\"ServiceAccount\",\"name\":\"s\",\"namespace\":\"n\"})",
                "ka.req.binding.subjects.serviceaccount_ns_names|(n:s)",
                "ka.req.binding.subjects.group_names|()",
                "ka.req.configmap.obj|{\"password\":\"x\"}",
                "ka.req.role.rules.verbs|(get,*,list)",
                "ka.req.role.rules.verbs[1]|(list)",
                "ka.req.role.rules.apiGroups|()",
                "ka.req.service.type|NodePort",
                "ka.req.service.ports|({\"port\":80})",
                "ka.req.pod.host_network|true",
                "ka.req.pod.host_pid|false",
                "ka.req.pod.host_ipc|<NA>",
                "ka.req.pod.run_as_user|1000",
                "ka.req.pod.containers.image|(localhost:5000/team/app:1.2@sha256:00,nginx)",
                "ka.req.pod.containers.image[1]|(nginx)",
                "ka.req.pod.containers.image.repository|(localhost:5000/team/app,nginx)",
                "ka.req.pod.containers.privileged|(true)",
                "ka.req.pod.containers.privileged[0]|()",
                "ka.req.pod.containers.host_port|(8080,9)",
                "ka.req.pod.containers.run_as_user|(0)",
                "ka.req.pod.containers.eff_run_as_user|(1000,0)",
                "ka.req.pod.containers.eff_run_as_group|(0,0)",
                "ka.req.pod.containers.add_capabilities|(SYS_ADMIN)",
                "ka.req.pod.containers.command|(sh,-c)",
                "ka.req.pod.initContainers.privileged|(true)",
                "ka.req.pod.ephemeralContainers.privileged|<NA>",
                "ka.req.container.privileged|true",
                "ka.req.container.image.repository|localhost:5000/team/app",
                "ka.req.pod.volumes.hostpath|(/etc)",
                "ka.req.pod.volumes.volume_type|(emptyDir,hostPath)",
                "ka.req.volume.hostpath[/etc]|true",
                "ka.req.volume.hostpath[/et*]|true",
                "ka.req.volume.hostpath[/proc*]|false",
                "jevt.value[/stage]|ResponseComplete",
                "jevt.value[/user/groups/1]|ops",
                "jevt.value[user/groups/0]|system:masters",
                "jevt.value[/user/groups/2]|<NA>",
                "jevt.value[/user/groups/x]|<NA>",
                "jevt.value[/]|<NA>",
                "evt.is_async|false",
                "jevt.value[/requestObject/spec/hostPID]|false",
                "jevt.value[/annotations/authorization.k8s.io~1decision]|allow",
                "jevt.value[/requestObject/spec/tls]|<NA>",
                "jevt.rawtime|1795341600000001000",
            })
    void reads(String written, String expected) throws Exception {
        int bracket = written.indexOf('[');
        Optional<String> argument =
                bracket < 0 ? Optional.empty() : Optional.of(written.substring(bracket + 1, written.length() - 1));
        String name = bracket < 0 ? written : written.substring(0, bracket);
        FieldCatalogue catalogue = FieldCatalogue.standard();
        FieldUse use = argument.map(text -> catalogue.use("k8s_audit", name, text))
                .orElseGet(() -> catalogue.use("k8s_audit", name))
                .orElseThrow();
        Value value = new Value();
        AuditEvent.of(Json.parse(EVENT, Limits.DEFAULT), 1).read(use, value);
        assertThat(value.toString()).isEqualTo(expected);
    }
}
