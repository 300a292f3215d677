package dev.holdfast.check.pss;

import dev.holdfast.manifest.kubernetes.PodForm;
import java.util.Optional;

/**
 * A question that the standards ask of a pod, in the words and the order of the admission plug-in: the controls of the level baseline by
 * name, then those of restricted by name. Each has a first version, and some ask otherwise in later ones.
 *
 * <pre>
 * appArmorProfile             baseline    1.0
 * capabilities_baseline       baseline    1.0              restricted: replaced from 1.22
 * hostNamespaces              baseline    1.0
 * hostPathVolumes             baseline    1.0              restricted: replaced by restrictedVolumes
 * hostPorts                   baseline    1.0
 * hostProbesAndHostLifecycle  baseline    1.34
 * privileged                  baseline    1.0
 * procMount                   baseline    1.0, 1.35        from 1.35 not asked of a pod with its own users; restricted: replaced from 1.35
 * seLinuxOptions              baseline    1.0, 1.31        from 1.31 container_engine_t is allowed
 * seccompProfile_baseline     baseline    1.0, 1.19        before 1.19 by annotation; restricted: replaced from 1.19
 * sysctls                     baseline    1.0, 1.27, 1.29, 1.32, 1.37
 * windowsHostProcess          baseline    1.0
 * allowPrivilegeEscalation    restricted  1.8, 1.25        from 1.25 not asked of Windows
 * capabilities_restricted     restricted  1.22, 1.25       from 1.25 not asked of Windows
 * procMount_restricted        restricted  1.35
 * restrictedVolumes           restricted  1.0
 * runAsNonRoot                restricted  1.0, 1.35        from 1.35 not asked of a pod with its own users
 * runAsUser                   restricted  1.23, 1.35       from 1.35 not asked of a pod with its own users
 * seccompProfile_restricted   restricted  1.19, 1.25       from 1.25 not asked of Windows
 * </pre>
 */
public enum Control {
    APP_ARMOR("appArmorProfile", 0, false, Profiles::appArmor),
    CAPABILITIES_BASELINE("capabilities_baseline", 0, false, Capabilities::baseline),
    HOST_NAMESPACES("hostNamespaces", 0, false, HostAccess::namespaces),
    HOST_PATH_VOLUMES("hostPathVolumes", 0, false, Volumes::hostPath),
    HOST_PORTS("hostPorts", 0, false, HostAccess::ports),
    HOST_PROBES("hostProbesAndHostLifecycle", 34, false, HostAccess::probes),
    PRIVILEGED("privileged", 0, false, HostAccess::privileged),
    PROC_MOUNT("procMount", 0, false, HostAccess::procMountOfBaseline),
    SELINUX("seLinuxOptions", 0, false, Profiles::seLinux),
    SECCOMP_BASELINE("seccompProfile_baseline", 0, false, Profiles::seccompOfBaseline),
    SYSCTLS("sysctls", 0, false, Sysctls::allowed),
    WINDOWS_HOST_PROCESS("windowsHostProcess", 0, false, HostAccess::windowsHostProcess),
    PRIVILEGE_ESCALATION("allowPrivilegeEscalation", 8, true, Users::privilegeEscalation),
    CAPABILITIES_RESTRICTED("capabilities_restricted", 22, true, Capabilities::restricted),
    PROC_MOUNT_RESTRICTED("procMount_restricted", 35, true, HostAccess::procMount),
    RESTRICTED_VOLUMES("restrictedVolumes", 0, true, Volumes::restricted),
    RUN_AS_NON_ROOT("runAsNonRoot", 0, true, Users::nonRoot),
    RUN_AS_USER("runAsUser", 23, true, Users::userZero),
    SECCOMP_RESTRICTED("seccompProfile_restricted", 19, true, Profiles::seccompOfRestricted);

    private final String id;
    private final int first;
    private final boolean isOfRestricted;
    private final Question question;

    /** Asks a pod. */
    private interface Question {
        Optional<Violation> ask(PodForm pod, PodSecurityVersion version);
    }

    Control(String id, int first, boolean isOfRestricted, Question question) {
        this.id = id;
        this.first = first;
        this.isOfRestricted = isOfRestricted;
        this.question = question;
    }

    /** The name that Kubernetes' own tests use. */
    public String id() {
        return id;
    }

    /** Whether it is asked at this level and version. */
    boolean isAsked(PodSecurityLevel level, PodSecurityVersion version) {
        return switch (level) {
            case PRIVILEGED -> false;
            case BASELINE -> !isOfRestricted && version.atLeast(first);
            case RESTRICTED -> version.atLeast(first) && !isReplaced(version);
        };
    }

    /** Whether a stricter control asks the same at the level restricted. */
    private boolean isReplaced(PodSecurityVersion version) {
        return switch (this) {
            case HOST_PATH_VOLUMES -> version.atLeast(RESTRICTED_VOLUMES.first);
            case CAPABILITIES_BASELINE -> version.atLeast(CAPABILITIES_RESTRICTED.first);
            case SECCOMP_BASELINE -> version.atLeast(SECCOMP_RESTRICTED.first);
            case PROC_MOUNT -> version.atLeast(PROC_MOUNT_RESTRICTED.first);
            case APP_ARMOR,
                    HOST_NAMESPACES,
                    HOST_PORTS,
                    HOST_PROBES,
                    PRIVILEGED,
                    SELINUX,
                    SYSCTLS,
                    WINDOWS_HOST_PROCESS,
                    PRIVILEGE_ESCALATION,
                    CAPABILITIES_RESTRICTED,
                    PROC_MOUNT_RESTRICTED,
                    RESTRICTED_VOLUMES,
                    RUN_AS_NON_ROOT,
                    RUN_AS_USER,
                    SECCOMP_RESTRICTED -> false;
        };
    }

    /** What is not met, in the words of this version; whether it is asked at all is for {@link PodSecurity}. */
    public Optional<Violation> ask(PodForm pod, PodSecurityVersion version) {
        return question.ask(pod, version);
    }
}
