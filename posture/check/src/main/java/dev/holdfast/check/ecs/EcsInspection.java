package dev.holdfast.check.ecs;

import dev.holdfast.check.Credentials;
import dev.holdfast.check.Findings;
import dev.holdfast.check.Inspection;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.ecs.EcsReader;
import dev.holdfast.manifest.ecs.EcsResource;
import dev.holdfast.manifest.tree.Node;
import java.util.ArrayList;
import java.util.List;

/** Judges resources of Amazon ECS. */
public final class EcsInspection implements Inspection {
    private final Credentials credentials;

    public EcsInspection(Limits limits) {
        this.credentials = new Credentials(limits);
    }

    @Override
    public List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        rules.addAll(Tasks.rules());
        rules.addAll(TaskContainers.rules());
        rules.addAll(TaskSecrets.rules());
        rules.addAll(Services.rules());
        rules.addAll(ServiceTargets.rules());
        return rules;
    }

    @Override
    public void inspect(ManifestFile file, Findings findings) {
        for (Node root : file.roots()) {
            for (EcsResource resource : EcsReader.read(root)) {
                switch (resource.kind()) {
                    case TASK_DEFINITION -> task(resource, findings);
                    case SERVICE -> Services.service(resource, findings);
                    case CLUSTER -> Services.cluster(resource, findings);
                }
            }
        }
    }

    @Override
    public void together(List<ManifestFile> files, List<String> unread, Findings findings) {
        ServiceTargets.judge(files, findings);
    }

    private void task(EcsResource resource, Findings findings) {
        Task task = new Task(resource, findings);
        Tasks.judge(task);
        for (Node container :
                resource.node().get("containerDefinitions").map(Node::elements).orElse(List.of())) {
            TaskContainers.judge(task, container);
            TaskSecrets.judge(task, container, credentials);
        }
    }
}
