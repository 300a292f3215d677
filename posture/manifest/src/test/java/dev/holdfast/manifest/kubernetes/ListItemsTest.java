package dev.holdfast.manifest.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListItemsTest {
    private static List<String> of(String text) {
        List<String> objects = new ArrayList<>();
        for (Document document : new YamlReader(Schema.KUBERNETES, Limits.DEFAULT).read(text)) {
            ListItems.each(
                    ((Document.Read) document).root(),
                    object -> objects.add(object.textAt("apiVersion").orElse("-") + " "
                            + object.textAt("kind").orElse("-") + " "
                            + object.textAt("metadata", "name").orElse("-") + " "
                            + object.place().line()));
        }
        return objects;
    }

    @Test
    void anObjectIsItself() {
        assertThat(of("kind: Pod\napiVersion: v1\nmetadata: {name: a}")).containsExactly("v1 Pod a 1");
    }

    @Test
    void itemsOfATypedListAreOfItsKind() {
        assertThat(of("""
                kind: PodList
                apiVersion: v1
                items:
                - metadata: {name: a}
                - {kind: Job, apiVersion: batch/v1, metadata: {name: b}}
                """)).containsExactly("v1 Pod a 4", "batch/v1 Job b 5");
    }

    @Test
    void itemsOfAPlainListSayThemselvesWhatTheyAre() {
        assertThat(of("{kind: List, apiVersion: v1, items: [{kind: Pod, apiVersion: v1}, {metadata: {name: a}}]}"))
                .containsExactly("v1 Pod - 1", "- - a 1");
    }

    @Test
    void listsInListsAndArraysAreTakenApart() {
        assertThat(
                        of(
                                "[{kind: List, items: [{kind: RoleList, apiVersion: r/v1, items: [{metadata: {name: a}}]}]}, {kind: Pod}]"))
                .containsExactly("r/v1 Role a 1", "- Pod - 1");
    }

    @Test
    void aListWithoutItemsIsEmptyAndAKindThatEndsLikeOneIsAnObject() {
        assertThat(of("{kind: PodList, items: }")).isEmpty();
        assertThat(of("{kind: PodList, items: []}")).isEmpty();
        assertThat(of("{kind: AllowList, spec: {}}")).containsExactly("- AllowList - 1");
        assertThat(of("{kind: List, items: [text, [1, {kind: Pod}], null]}")).containsExactly("- Pod - 1");
    }
}
