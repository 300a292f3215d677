package dev.holdfast.policy.export;

import dev.holdfast.manifest.kubernetes.PodSecurityLists;
import java.util.ArrayList;
import java.util.List;

/**
 * The Pod Security Standards of a level and version as clauses, one a control that the level asks: the same verdicts as the API server's own
 * admission, in shorter words. Objects are as the server stores them; a control that asks what the server has filled in by then (the ports of
 * a pod in the node's network, AppArmor from annotations) is right for those.
 */
final class PodSecurityClauses {
    private final int minor;

    /** @param minor the number after the point; for the latest {@link Integer#MAX_VALUE} */
    PodSecurityClauses(int minor) {
        this.minor = minor;
    }

    List<Clause> baseline() {
        List<Clause> clauses = new ArrayList<>(ofBothLevels());
        clauses.add(addedCapabilities());
        clauses.add(hostPaths());
        clauses.add(procMount().unless(minor >= 35 ? "variables.ownUsers" : "false"));
        clauses.add(minor >= 19 ? seccompFields("seccompProfile_baseline") : seccompAnnotations());
        return clauses;
    }

    List<Clause> restricted() {
        List<Clause> clauses = new ArrayList<>(ofBothLevels());
        clauses.add(volumes());
        clauses.add(nonRoot());
        if (minor >= 8) {
            clauses.add(Clause.ofContainers(
                            "allowPrivilegeEscalation",
                            "c.?securityContext.?allowPrivilegeEscalation.orValue(true)",
                            "securityContext.allowPrivilegeEscalation must be false")
                    .unless(exemptWindows()));
        }
        clauses.add(minor >= 22 ? capabilities() : addedCapabilities());
        clauses.add(
                minor >= 35
                        ? new Clause(
                                "procMount_restricted",
                                "false",
                                "false",
                                procMount().container(),
                                procMount().says())
                        : procMount());
        if (minor >= 23) {
            clauses.add(userZero());
        }
        clauses.add(minor >= 19 ? seccompRestricted() : seccompAnnotations());
        return clauses;
    }

    private String exemptWindows() {
        return minor >= 25 ? "variables.windows" : "false";
    }

    private List<Clause> ofBothLevels() {
        List<Clause> clauses = new ArrayList<>();
        clauses.add(appArmor("appArmorProfile"));
        clauses.add(Clause.ofPod(
                "hostNamespaces",
                "variables.spec.?hostNetwork.orValue(false) || variables.spec.?hostPID.orValue(false)"
                        + " || variables.spec.?hostIPC.orValue(false)",
                "hostNetwork, hostPID and hostIPC must not be true"));
        clauses.add(Clause.ofContainers(
                "hostPorts",
                "c.?ports.orValue([]).exists(p, p.?hostPort.orValue(0) != 0)",
                "ports must not have a hostPort"));
        if (minor >= 34) {
            clauses.add(probes("hostProbesAndHostLifecycle"));
        }
        clauses.add(privileged("privileged"));
        clauses.add(seLinux("seLinuxOptions"));
        clauses.add(sysctls("sysctls"));
        clauses.add(windowsHostProcess("windowsHostProcess"));
        return clauses;
    }

    static Clause privileged(String id) {
        return Clause.ofContainers(
                id, "c.?securityContext.?privileged.orValue(false)", "securityContext.privileged must not be true");
    }

    static Clause appArmor(String id) {
        String annotation = "variables.annotations.exists(k, k.startsWith('" + PodSecurityLists.APP_ARMOR_OF
                + "') && !(variables.annotations[k] in ['', 'runtime/default']"
                + " || variables.annotations[k].startsWith('localhost/')))";
        return Clause.ofBoth(
                id,
                badProfile("variables.spec", "appArmorProfile") + " || " + annotation,
                badProfile("c", "appArmorProfile"),
                "the AppArmor profile must be RuntimeDefault or Localhost");
    }

    private static String badProfile(String owner, String field) {
        return owner + ".?securityContext.?" + field + ".hasValue() && !(" + owner + ".securityContext." + field
                + ".?type.orValue('') in " + Cel.list(PodSecurityLists.PROFILE_TYPES) + ")";
    }

    static Clause probes(String id) {
        return Clause.ofContainers(
                id,
                "[c.?livenessProbe, c.?readinessProbe, c.?startupProbe, c.?lifecycle.?postStart, c.?lifecycle.?preStop]"
                        + ".exists(h, h.?httpGet.?host.orValue('') != '' || h.?tcpSocket.?host.orValue('') != '')",
                "probes and lifecycle handlers must not name a host");
    }

    Clause seLinux(String id) {
        String types = Cel.list(PodSecurityLists.seLinuxTypes(minor));
        return Clause.ofBoth(
                id,
                badSeLinux("variables.spec", types),
                badSeLinux("c", types),
                "seLinuxOptions must have an allowed type, and neither user nor role");
    }

    private static String badSeLinux(String owner, String types) {
        String options = owner + ".?securityContext.?seLinuxOptions";
        return "!(" + options + ".?type.orValue('') in " + types + ") || " + options + ".?user.orValue('') != '' || "
                + options + ".?role.orValue('') != ''";
    }

    Clause sysctls(String id) {
        return Clause.ofPod(
                id,
                "variables.spec.?securityContext.?sysctls.orValue([]).exists(s, !(s.name in "
                        + Cel.list(PodSecurityLists.sysctls(minor)) + "))",
                "sysctls must be those that are kept apart by pod");
    }

    static Clause windowsHostProcess(String id) {
        return Clause.ofBoth(
                id,
                "variables.spec.?securityContext.?windowsOptions.?hostProcess.orValue(false)",
                "c.?securityContext.?windowsOptions.?hostProcess.orValue(false)",
                "windowsOptions.hostProcess must not be true");
    }

    private static Clause addedCapabilities() {
        return Clause.ofContainers(
                "capabilities_baseline",
                "c.?securityContext.?capabilities.?add.orValue([]).exists(a, !(a in "
                        + Cel.list(PodSecurityLists.USUAL_CAPABILITIES) + "))",
                "capabilities.add must not go beyond the usual ones");
    }

    private Clause capabilities() {
        return Clause.ofContainers(
                        "capabilities_restricted",
                        "!('ALL' in c.?securityContext.?capabilities.?drop.orValue([]))"
                                + " || c.?securityContext.?capabilities.?add.orValue([]).exists(a, a != 'NET_BIND_SERVICE')",
                        "capabilities must drop ALL and add at most NET_BIND_SERVICE")
                .unless(exemptWindows());
    }

    private static Clause hostPaths() {
        return Clause.ofPod(
                "hostPathVolumes",
                "variables.spec.?volumes.orValue([]).exists(v, has(v.hostPath))",
                "volumes must not be hostPath");
    }

    private static Clause volumes() {
        return Clause.ofPod(
                "restrictedVolumes",
                "variables.spec.?volumes.orValue([]).exists(v, !" + Cel.list(PodSecurityLists.ALLOWED_VOLUMES)
                        + ".exists(t, t in v) && " + Cel.list(PodSecurityLists.RESTRICTED_VOLUMES)
                        + ".exists(t, t in v))",
                "volumes must be " + String.join(", ", PodSecurityLists.ALLOWED_VOLUMES));
    }

    static Clause procMount() {
        return Clause.ofContainers(
                "procMount",
                "c.?securityContext.?procMount.orValue('Default') != 'Default'",
                "securityContext.procMount must be Default");
    }

    private Clause nonRoot() {
        return Clause.ofBoth(
                        "runAsNonRoot",
                        "!variables.spec.?securityContext.?runAsNonRoot.orValue(true)",
                        "!c.?securityContext.?runAsNonRoot.orValue(variables.spec.?securityContext.?runAsNonRoot.orValue(false))",
                        "securityContext.runAsNonRoot must be true")
                .unless(exemptOwnUsers());
    }

    private String exemptOwnUsers() {
        return minor >= 35 ? "variables.ownUsers" : "false";
    }

    private Clause userZero() {
        return Clause.ofBoth(
                        "runAsUser",
                        "variables.spec.?securityContext.?runAsUser.orValue(1) == 0",
                        "c.?securityContext.?runAsUser.orValue(1) == 0",
                        "securityContext.runAsUser must not be 0")
                .unless(exemptOwnUsers());
    }

    static Clause seccompFields(String id) {
        return Clause.ofBoth(
                id,
                badProfile("variables.spec", "seccompProfile"),
                badProfile("c", "seccompProfile"),
                "securityContext.seccompProfile.type must be RuntimeDefault or Localhost");
    }

    static Clause seccompAnnotations() {
        return Clause.ofPod(
                "seccompProfile_baseline",
                "variables.annotations.exists(k, (k == '" + PodSecurityLists.SECCOMP_OF_POD
                        + "' || variables.containers.exists(c, k == '"
                        + PodSecurityLists.SECCOMP_OF
                        + "' + c.name)) && !(variables.annotations[k] in ['runtime/default', 'docker/default']"
                        + " || variables.annotations[k].startsWith('localhost/')))",
                "the seccomp annotations must be runtime/default, docker/default or localhost/…");
    }

    private Clause seccompRestricted() {
        Clause fields = seccompFields("seccompProfile_restricted");
        return Clause.ofBoth(
                        fields.id(),
                        fields.pod(),
                        "(" + fields.container() + ") || (!c.?securityContext.?seccompProfile.hasValue()"
                                + " && !variables.spec.?securityContext.?seccompProfile.hasValue())",
                        fields.says() + ", for the pod or for every container")
                .unless(exemptWindows());
    }
}
