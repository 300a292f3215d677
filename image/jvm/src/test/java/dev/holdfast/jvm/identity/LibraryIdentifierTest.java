package dev.holdfast.jvm.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A base of two small libraries and one that is put together from them; all classes are made here. */
final class LibraryIdentifierTest {
    private static final long ENOUGH = 1 << 20;

    /** 1.0; 1.1 changes the last ten classes; 1.2 adds five. */
    private static final Samples YAML_10 = Samples.of("org/yaml", "Yaml", 40, 1, 40, 0);

    private static final Samples YAML_11 = Samples.of("org/yaml", "Yaml", 40, 1, 30, 2);
    private static final Samples YAML_12 = Samples.of("org/yaml", "Yaml", 45, 1, 30, 2);
    private static final Samples JSON_20 = Samples.of("org/json/core", "Json", 20, 5, 20, 0);

    private final LibraryIdentifier identifier = LibraryIdentifier.of(base());

    private static PrintIndexWriter base() {
        PrintIndexWriter writer = new PrintIndexWriter();
        writer.add("org.all", "all", List.of(YAML_11.and(JSON_20).release("7")));
        writer.add("org.json", "json", List.of(JSON_20.release("2.0")));
        writer.add("org.yaml", "yaml", List.of(YAML_10.release("1.0"), YAML_11.release("1.1"), YAML_12.release("1.2")));
        return writer;
    }

    private List<String> named(Samples classes) throws InputException, IOException {
        List<String> named = new ArrayList<>();
        for (FoundLibrary each : identifier.identify(classes, ENOUGH)) {
            String versions = String.join("|", each.versions());
            named.add(each.artifact() + " " + (each.isKnownRelease() ? "" : "near ") + versions);
        }
        return named;
    }

    @Test
    void namesALibraryThatLostItsDescriptors() throws Exception {
        assertThat(named(YAML_10)).containsExactly("yaml 1.0");
        assertThat(named(JSON_20)).containsExactly("json 2.0");
    }

    @Test
    void namesOneThatWasMovedAndSaysFromWhere() throws Exception {
        FoundLibrary found =
                identifier.identify(YAML_10.in("acme/hidden"), ENOUGH).getFirst();
        assertThat(found.isExact()).isTrue();
        assertThat(found.isRelocated()).isTrue();
        assertThat(found.from()).isEqualTo("org.yaml");
        assertThat(found.to()).isEqualTo("acme.hidden");
        assertThat(found.agreeing()).isEqualTo(40);
        assertThat(found.looked()).isEqualTo(40);
    }

    @Test
    void tellsReleasesApartByClassesThatAreNotThere() throws Exception {
        assertThat(named(YAML_11)).containsExactly("yaml 1.1");
        assertThat(named(YAML_12)).containsExactly("yaml 1.2");
    }

    @Test
    void leavesOpenWhatAMinimisedArchiveDoesNotShow() throws Exception {
        assertThat(named(YAML_11.part(0, 20))).containsExactly("yaml 1.0|1.1|1.2");
        assertThat(named(YAML_11.part(20, 40))).containsExactly("yaml 1.1|1.2");
        assertThat(named(YAML_10.part(20, 40))).containsExactly("yaml 1.0");
    }

    @Test
    void claimsNoVersionForOneThatItDoesNotKnow() throws Exception {
        Samples unknown = Samples.of("org/yaml", "Yaml", 45, 1, 38, 99);
        assertThat(named(unknown)).containsExactly("yaml near 1.0");
        Samples changed = YAML_12.part(0, 44).and(Samples.of("org/yaml", "Own", 1, 9, 1, 9));
        assertThat(named(changed)).allMatch(each -> each.contains("near"));
    }

    @Test
    void namesNothingForClassesThatMerelyHaveTheNames() throws Exception {
        assertThat(named(Samples.of("org/yaml", "Yaml", 45, 77, 45, 0))).isEmpty();
        assertThat(named(Samples.of("acme/own", "Thing", 45, 1, 45, 0))).isEmpty();
    }

    @Test
    void namesNothingForAClassThatWasCopiedAmongOthers() throws Exception {
        Samples own = Samples.of("acme/own", "Thing", 30, 3, 30, 0);
        assertThat(named(own.and(YAML_10.part(0, 3).in("acme/own")))).isEmpty();
    }

    @Test
    void prefersTheLibraryToWhatBundlesIt() throws Exception {
        assertThat(named(YAML_11.and(JSON_20.part(0, 15)))).containsExactly("json 2.0", "yaml 1.1");
        assertThat(named(YAML_11.and(JSON_20))).containsExactly("all 7");
    }

    @Test
    void namesTwoReleasesOfOneLibraryInTwoPlaces() throws Exception {
        assertThat(named(YAML_10.in("a/b").and(YAML_12.in("c/d")))).containsExactly("yaml 1.0", "yaml 1.2");
    }

    @Test
    void looksNoFurtherThanItMay() throws Exception {
        assertThat(identifier.identify(YAML_10, 0)).isEmpty();
    }

    @Test
    void knowsFamiliarNamesWithoutReading() throws Exception {
        assertThat(identifier.countFamiliar(YAML_10.in("moved/to/yaml").paths()))
                .isEqualTo(40);
        assertThat(identifier.countFamiliar(
                        Samples.of("acme/own", "Thing", 100, 1, 100, 0).paths()))
                .isLessThan(20);
    }
}
