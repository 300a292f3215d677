package dev.holdfast.manifest.helm;

import dev.holdfast.manifest.helm.functions.Versions;
import dev.holdfast.manifest.template.Shape;
import dev.holdfast.manifest.template.TemplateFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code .Capabilities}: what templates are told of a cluster that there is none of. */
final class ClusterShapes {
    private ClusterShapes() {}

    static Shape capabilities(String kubernetes) {
        Shape version = new Kubernetes(kubernetes);
        return new Capabilities(version, new ApiVersions(), new HelmVersion());
    }

    private record Capabilities(Shape kubernetes, Shape apis, Shape helm) implements Shape {
        @Override
        public String typeName() {
            return "*chartutil.Capabilities";
        }

        @Override
        public Optional<Object> member(String name, List<Object> arguments) {
            return switch (name) {
                case "KubeVersion" -> Optional.of(kubernetes);
                case "APIVersions" -> Optional.of(apis);
                case "HelmVersion" -> Optional.of(helm);
                default -> Optional.empty();
            };
        }

        @Override
        public String toString() {
            return "&{" + kubernetes + "}";
        }
    }

    private record Kubernetes(String version) implements Shape {
        @Override
        public String typeName() {
            return "chartutil.KubeVersion";
        }

        @Override
        public Optional<Object> member(String name, List<Object> arguments) {
            return switch (name) {
                case "Version", "GitVersion", "String" -> Optional.of(version);
                case "Major" -> Optional.of(part(true));
                case "Minor" -> Optional.of(part(false));
                default -> Optional.empty();
            };
        }

        private String part(boolean isMajor) {
            return Versions.version(version)
                    .map(each -> Long.toString(isMajor ? each.major() : each.minor()))
                    .orElse("");
        }

        @Override
        public String toString() {
            return version;
        }
    }

    private record ApiVersions() implements Shape {
        @Override
        public String typeName() {
            return "chartutil.VersionSet";
        }

        @Override
        public Optional<Object> member(String name, List<Object> arguments) throws TemplateFault {
            if (!name.equals("Has")) {
                return Optional.empty();
            }
            if (arguments.size() != 1 || !(arguments.getFirst() instanceof String wanted)) {
                throw TemplateFault.of("wrong number of args for Has: want 1 got " + arguments.size());
            }
            return Optional.of(KnownApi.names().contains(wanted));
        }

        @Override
        public String toString() {
            return new ArrayList<>(KnownApi.names()).toString().replace(",", "");
        }
    }

    private record HelmVersion() implements Shape {
        @Override
        public String typeName() {
            return "version.BuildInfo";
        }

        @Override
        public Optional<Object> member(String name, List<Object> arguments) {
            return switch (name) {
                case "Version" -> Optional.of("v3.22.0");
                case "GitCommit" -> Optional.of("");
                case "GitTreeState" -> Optional.of("clean");
                case "GoVersion" -> Optional.of("go1.26");
                default -> Optional.empty();
            };
        }

        @Override
        public String toString() {
            return "{v3.22.0}";
        }
    }
}
