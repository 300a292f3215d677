package dev.holdfast.manifest;

import java.util.Locale;

/** The kinds of file in which people say how their containers are built and run. */
public enum InputKind {
    /** Objects of the Kubernetes API, as YAML or JSON. */
    KUBERNETES,
    /** Instructions that build an image: Dockerfile, Containerfile. */
    DOCKERFILE,
    /** A Compose file or Swarm stack. */
    COMPOSE,
    /** A task definition or service of Amazon ECS, as {@code describe-task-definition} gives it or {@code register-task-definition} takes it. */
    ECS,
    /** The configuration of an image, as registries store it or engines show it. */
    IMAGE,
    /** A Helm chart. */
    HELM,
    /** A Kustomize overlay. */
    KUSTOMIZE,
    /** The root folder of a host that runs containers. */
    HOST;

    /** The word in reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
