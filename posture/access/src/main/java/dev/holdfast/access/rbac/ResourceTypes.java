package dev.holdfast.access.rbac;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The resources of a plain API server 1.37, for the names that people write: {@code deploy}, {@code pod}, {@code Deployment}. Custom
 * resources are written with their group ({@code rollouts.argoproj.io}).
 */
public final class ResourceTypes {
    /** One a line: group, plural, singular, whether it lies in namespaces, short names. */
    private static final String TABLE = """
            - bindings binding ns
            - componentstatuses componentstatus cluster cs
            - configmaps configmap ns cm
            - endpoints endpoints ns ep
            - events event ns ev
            - limitranges limitrange ns limits
            - namespaces namespace cluster ns
            - nodes node cluster no
            - persistentvolumeclaims persistentvolumeclaim ns pvc
            - persistentvolumes persistentvolume cluster pv
            - pods pod ns po
            - podtemplates podtemplate ns
            - replicationcontrollers replicationcontroller ns rc
            - resourcequotas resourcequota ns quota
            - secrets secret ns
            - serviceaccounts serviceaccount ns sa
            - services service ns svc
            admissionregistration.k8s.io mutatingadmissionpolicies mutatingadmissionpolicy cluster
            admissionregistration.k8s.io mutatingadmissionpolicybindings mutatingadmissionpolicybinding cluster
            admissionregistration.k8s.io mutatingwebhookconfigurations mutatingwebhookconfiguration cluster
            admissionregistration.k8s.io validatingadmissionpolicies validatingadmissionpolicy cluster
            admissionregistration.k8s.io validatingadmissionpolicybindings validatingadmissionpolicybinding cluster
            admissionregistration.k8s.io validatingwebhookconfigurations validatingwebhookconfiguration cluster
            apiextensions.k8s.io customresourcedefinitions customresourcedefinition cluster crd crds
            apiregistration.k8s.io apiservices apiservice cluster
            apps controllerrevisions controllerrevision ns
            apps daemonsets daemonset ns ds
            apps deployments deployment ns deploy
            apps replicasets replicaset ns rs
            apps statefulsets statefulset ns sts
            authentication.k8s.io selfsubjectreviews selfsubjectreview cluster
            authentication.k8s.io tokenreviews tokenreview cluster
            authorization.k8s.io localsubjectaccessreviews localsubjectaccessreview ns
            authorization.k8s.io selfsubjectaccessreviews selfsubjectaccessreview cluster
            authorization.k8s.io selfsubjectrulesreviews selfsubjectrulesreview cluster
            authorization.k8s.io subjectaccessreviews subjectaccessreview cluster
            autoscaling horizontalpodautoscalers horizontalpodautoscaler ns hpa
            batch cronjobs cronjob ns cj
            batch jobs job ns
            certificates.k8s.io certificatesigningrequests certificatesigningrequest cluster csr
            certificates.k8s.io clustertrustbundles clustertrustbundle cluster
            certificates.k8s.io signers signer cluster
            coordination.k8s.io leases lease ns
            discovery.k8s.io endpointslices endpointslice ns
            flowcontrol.apiserver.k8s.io flowschemas flowschema cluster
            flowcontrol.apiserver.k8s.io prioritylevelconfigurations prioritylevelconfiguration cluster
            networking.k8s.io ingressclasses ingressclass cluster
            networking.k8s.io ingresses ingress ns ing
            networking.k8s.io ipaddresses ipaddress cluster ip
            networking.k8s.io networkpolicies networkpolicy ns netpol
            networking.k8s.io servicecidrs servicecidr cluster
            node.k8s.io runtimeclasses runtimeclass cluster
            policy poddisruptionbudgets poddisruptionbudget ns pdb
            rbac.authorization.k8s.io clusterrolebindings clusterrolebinding cluster
            rbac.authorization.k8s.io clusterroles clusterrole cluster
            rbac.authorization.k8s.io rolebindings rolebinding ns
            rbac.authorization.k8s.io roles role ns
            resource.k8s.io deviceclasses deviceclass cluster
            resource.k8s.io resourceclaims resourceclaim ns
            resource.k8s.io resourceclaimtemplates resourceclaimtemplate ns
            resource.k8s.io resourceslices resourceslice cluster
            scheduling.k8s.io priorityclasses priorityclass cluster pc
            storage.k8s.io csidrivers csidriver cluster
            storage.k8s.io csinodes csinode cluster
            storage.k8s.io csistoragecapacities csistoragecapacity ns
            storage.k8s.io storageclasses storageclass cluster sc
            storage.k8s.io volumeattachments volumeattachment cluster
            storage.k8s.io volumeattributesclasses volumeattributesclass cluster vac
            """;

    private final Map<String, Type> byName = new HashMap<>();

    /**
     * A kind of object.
     *
     * @param group empty for the core group
     */
    public record Type(String group, String plural, boolean isNamespaced) {}

    public ResourceTypes() {
        for (String line : TABLE.lines().toList()) {
            List<String> words = List.of(line.split(" ", -1));
            String group = words.get(0).equals("-") ? "" : words.get(0);
            Type type = new Type(group, words.get(1), words.get(3).equals("ns"));
            name(words.get(1), type);
            name(words.get(2), type);
            words.subList(4, words.size()).forEach(word -> name(word, type));
        }
    }

    /** The core group comes first, so it wins where two groups use a name ({@code events}). */
    private void name(String name, Type type) {
        byName.putIfAbsent(name, type);
        byName.putIfAbsent(name + "." + type.group(), type);
    }

    /** The type that a word means, with or without its group; empty when it is none of the server's own. */
    public Optional<Type> named(String word) {
        return Optional.ofNullable(byName.get(word.toLowerCase(Locale.ROOT)));
    }

    /** Whether objects of a resource lie in no namespace; false for what is not known. */
    public boolean isClusterWide(String group, String resource) {
        return named(group.isEmpty() ? resource : resource + "." + group)
                .filter(type -> type.group().equals(group) && !type.isNamespaced())
                .isPresent();
    }
}
