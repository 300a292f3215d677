package dev.holdfast.inventory.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Cataloged;
import dev.holdfast.inventory.Confidence;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryCatalogersTest {
    private final ActionsCataloger actions = new ActionsCataloger();
    private final TerraformCataloger terraform = new TerraformCataloger();

    @Test
    void actionsAreReadWhereverTheyAreUsed() throws Exception {
        Cataloged found = Cataloged.of(actions, "/src/.github/workflows/ci.yml", """
                on: push
                jobs:
                  build:
                    steps:
                      - uses: actions/checkout@v4
                      - name: pinned
                        uses: "tj-actions/changed-files@0123456789abcdef0123456789abcdef01234567" # v45.0.3
                      - uses: a/b@0123456789abcdef0123456789abcdef01234567
                      - uses: ./.github/actions/own
                      - uses: docker://alpine:3.8
                      - uses: github/codeql-action/init@v3.1.0
                        with: {uses: 5}
                  call:
                    uses: org/repo/.github/workflows/reuse.yml@main
                """);
        assertThat(found.namesAndVersions())
                .containsExactly(
                        "actions/checkout v4",
                        "tj-actions/changed-files v45.0.3",
                        "a/b 0123456789abcdef0123456789abcdef01234567",
                        "github/codeql-action/init v3.1.0",
                        "org/repo/.github/workflows/reuse.yml main");
        assertThat(found.named("tj-actions/changed-files").line()).isEqualTo(7);
        assertThat(found.named("tj-actions/changed-files").confidence()).isEqualTo(Confidence.LOW);
    }

    @Test
    void workflowsAndActionsAreRecordsAndOtherYamlIsNot() {
        assertThat(List.of(
                        "/src/.github/workflows/ci.yml",
                        "/src/.github/workflows/ci.yaml",
                        "/src/action.yml",
                        "/src/tools/action.yaml"))
                .allMatch(actions::isRecord);
        assertThat(List.of("/src/.github/dependabot.yml", "/src/k8s/app.yaml", "/src/node_modules/a/action.yml"))
                .noneMatch(actions::isRecord);
    }

    @Test
    void workflowThatIsNoYamlSaysWhere() {
        assertThatThrownBy(() -> Cataloged.of(actions, "/.github/workflows/a.yml", "jobs: {a: [\n"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line");
    }

    @Test
    void providersThatTerraformLocksAreRead() throws Exception {
        Cataloged found = Cataloged.of(terraform, "/src/.terraform.lock.hcl", """
                # This file is maintained automatically by "terraform init".
                provider "registry.example.org/hashicorp/aws" {
                  version     = "5.0.1"
                  constraints = "~> 5.0"
                  hashes = [
                    "h1:abc",
                  ]
                }

                provider "registry.example.org/hashicorp/null" {
                  version = "3.2.1"
                }
                """);
        assertThat(found.namesAndVersions())
                .containsExactly(
                        "registry.example.org/hashicorp/aws 5.0.1", "registry.example.org/hashicorp/null 3.2.1");
    }
}
