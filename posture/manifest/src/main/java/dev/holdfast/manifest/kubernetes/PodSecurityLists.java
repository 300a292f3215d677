package dev.holdfast.manifest.kubernetes;

import java.util.ArrayList;
import java.util.List;

/**
 * What the Pod Security Standards list by name, as of v1.37: for those who judge pods by them, and for those who write them down as a policy.
 * A version is the number after the point of {@code v1.N}; {@link Integer#MAX_VALUE} is the latest.
 */
public final class PodSecurityLists {
    /** What container runtimes grant without being asked, but for NET_RAW: baseline lets them be added. */
    public static final List<String> USUAL_CAPABILITIES = List.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT");

    /** The sources of volumes that restricted lets pods use. */
    public static final List<String> ALLOWED_VOLUMES = List.of(
            "configMap",
            "csi",
            "downwardAPI",
            "emptyDir",
            "ephemeral",
            "image",
            "persistentVolumeClaim",
            "projected",
            "secret");

    /** The others, in the order in which the server looks: a volume has one source, and one with several is refused before. */
    public static final List<String> RESTRICTED_VOLUMES = List.of(
            "hostPath",
            "gcePersistentDisk",
            "awsElasticBlockStore",
            "gitRepo",
            "nfs",
            "iscsi",
            "glusterfs",
            "rbd",
            "flexVolume",
            "cinder",
            "cephfs",
            "flocker",
            "fc",
            "azureFile",
            "vsphereVolume",
            "quobyte",
            "azureDisk",
            "photonPersistentDisk",
            "portworxVolume",
            "scaleIO",
            "storageos");

    /** What AppArmor and seccomp profiles may be, as fields. */
    public static final List<String> PROFILE_TYPES = List.of("RuntimeDefault", "Localhost");

    /** The annotation of a container's AppArmor profile, before the container's name. */
    public static final String APP_ARMOR_OF = "container.apparmor.security.beta.kubernetes.io/";

    public static final String SECCOMP_OF_POD = "seccomp.security.alpha.kubernetes.io/pod";

    /** The annotation of a container's seccomp profile, before the container's name. */
    public static final String SECCOMP_OF = "container.seccomp.security.alpha.kubernetes.io/";

    private static final List<Since> SYSCTLS = List.of(
            new Since(
                    0,
                    List.of(
                            "kernel.shm_rmid_forced",
                            "net.ipv4.ip_local_port_range",
                            "net.ipv4.tcp_syncookies",
                            "net.ipv4.ping_group_range",
                            "net.ipv4.ip_unprivileged_port_start")),
            new Since(27, List.of("net.ipv4.ip_local_reserved_ports")),
            new Since(
                    29,
                    List.of(
                            "net.ipv4.tcp_keepalive_time",
                            "net.ipv4.tcp_fin_timeout",
                            "net.ipv4.tcp_keepalive_intvl",
                            "net.ipv4.tcp_keepalive_probes")),
            new Since(32, List.of("net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem")),
            new Since(37, List.of("net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_notsent_lowat")));

    /** The empty type is that of who names none. */
    private static final List<Since> SELINUX_TYPES = List.of(
            new Since(0, List.of("", "container_t", "container_init_t", "container_kvm_t")),
            new Since(31, List.of("container_engine_t")));

    private PodSecurityLists() {}

    private record Since(int minor, List<String> names) {}

    /** The kernel parameters that the kernel keeps apart by pod, as far as this version knows. */
    public static List<String> sysctls(int minor) {
        return allowed(SYSCTLS, minor);
    }

    /** The types of SELinux that this version lets containers have. */
    public static List<String> seLinuxTypes(int minor) {
        return allowed(SELINUX_TYPES, minor);
    }

    private static List<String> allowed(List<Since> lists, int minor) {
        List<String> names = new ArrayList<>();
        for (Since list : lists) {
            if (minor >= list.minor()) {
                names.addAll(list.names());
            }
        }
        return names;
    }
}
