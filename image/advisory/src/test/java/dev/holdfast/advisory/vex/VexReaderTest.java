package dev.holdfast.advisory.vex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.advisory.vex.VexStatement.Status;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the three formats say. */
class VexReaderTest {
    private static final String OPENVEX = """
            {"@context":"https://openvex.dev/ns/v0.2.0","@id":"x","author":"Example","timestamp":"2026-01-01T00:00:00Z","version":1,
             "statements":[{"vulnerability":{"name":"CVE-2023-1","aliases":["GHSA-x"]},"timestamp":"2026-02-01T00:00:00Z",
              "products":[{"@id":"pkg:oci/shop@sha256%3Aaa","subcomponents":[{"@id":"pkg:pypi/a@1"},{"identifiers":{"purl":"pkg:pypi/b@1"}}]}],
              "status":"not_affected","justification":"component_not_present"}]}
            """;

    private static final String CSAF = """
            {"document":{"category":"csaf_vex","csaf_version":"2.0","publisher":{"name":"Example"},
              "tracking":{"current_release_date":"2026-01-01T00:00:00Z"}},
             "product_tree":{"branches":[{"category":"vendor","branches":[
                {"product":{"product_id":"P","name":"shop","product_identification_helper":{"purl":"pkg:oci/shop"}}},
                {"product":{"product_id":"L","name":"lib","product_identification_helper":{"purl":"pkg:rpm/redhat/lib@1-1.el9"}}},
                {"product":{"product_id":"R","name":"release","product_identification_helper":{"cpe":"cpe:/o:redhat:9"}}}]}],
              "relationships":[
                {"category":"default_component_of","full_product_name":{"product_id":"P:L"},"product_reference":"L","relates_to_product_reference":"P"},
                {"category":"default_component_of","full_product_name":{"product_id":"R:L"},"product_reference":"L","relates_to_product_reference":"R"}],
              "product_groups":[{"group_id":"G","product_ids":["P:L"]}]},
             "vulnerabilities":[{"cve":"CVE-2023-1","product_status":{"known_not_affected":["P:L"],"known_affected":["R:L"]},
               "flags":[{"label":"vulnerable_code_not_present","group_ids":["G"]}],
               "remediations":[{"category":"vendor_fix","details":"update","product_ids":["R:L"]}]}]}
            """;

    private static final String CYCLONEDX = """
            {"bomFormat":"CycloneDX","specVersion":"1.5","metadata":{"timestamp":"2026-01-01T00:00:00Z","authors":[{"name":"Example"}]},
             "components":[{"bom-ref":"a","purl":"pkg:pypi/a@1"}],
             "vulnerabilities":[{"id":"CVE-2023-1","analysis":{"state":"not_affected","justification":"code_not_reachable","detail":"never called"},
               "affects":[{"ref":"a"},{"ref":"urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#pkg%3Apypi%2Fb%401"}]},
               {"id":"CVE-2023-2","affects":[{"ref":"a"}]}]}
            """;

    private static VexDocument read(String text) throws InputException, IOException {
        return new VexReader(Limits.DEFAULT).read(text.getBytes(StandardCharsets.UTF_8), "doc");
    }

    @Test
    void readsOpenVex() throws Exception {
        assertThat(read(OPENVEX).statements()).hasSize(2).first().satisfies(statement -> {
            assertThat(statement.flaw()).isEqualTo("CVE-2023-1");
            assertThat(statement.aliases()).containsExactly("GHSA-x");
            assertThat(statement.product()).isEqualTo("pkg:oci/shop@sha256%3Aaa");
            assertThat(statement.part()).isEqualTo("pkg:pypi/a@1");
            assertThat(statement.status()).isEqualTo(Status.NOT_AFFECTED);
            assertThat(statement.time()).isEqualTo("2026-02-01T00:00:00Z");
            assertThat(statement.author()).isEqualTo("Example");
        });
    }

    @Test
    void readsCsafThroughItsProductTree() throws Exception {
        assertThat(read(CSAF).statements()).hasSize(2);
        VexStatement part = read(CSAF).statements().getFirst();
        assertThat(part.product()).isEqualTo("pkg:oci/shop");
        assertThat(part.part()).isEqualTo("pkg:rpm/redhat/lib@1-1.el9");
        assertThat(part.justification()).isEqualTo("vulnerable_code_not_present");
        VexStatement whole = read(CSAF).statements().getLast();
        assertThat(whole.product()).isEqualTo("pkg:rpm/redhat/lib@1-1.el9");
        assertThat(whole.part()).isEmpty();
        assertThat(whole.status()).isEqualTo(Status.AFFECTED);
        assertThat(whole.detail()).isEqualTo("update");
    }

    @Test
    void readsCycloneDxWithItsReferences() throws Exception {
        assertThat(read(CYCLONEDX).statements())
                .extracting(VexStatement::product)
                .containsExactly("pkg:pypi/a@1", "pkg:pypi/b@1");
        assertThat(read(CYCLONEDX).statements().getFirst().justification()).isEqualTo("code_not_reachable");
    }

    @Test
    void readsCycloneDxAsXml() throws Exception {
        VexDocument document = read("""
                <bom xmlns="http://cyclonedx.org/schema/bom/1.4"><vulnerabilities><vulnerability>
                <id>CVE-2023-1</id><analysis><state>resolved</state></analysis>
                <affects><target><ref>pkg:pypi/a@1</ref></target></affects></vulnerability></vulnerabilities></bom>
                """);
        assertThat(document.statements()).singleElement().satisfies(statement -> {
            assertThat(statement.status()).isEqualTo(Status.FIXED);
            assertThat(statement.product()).isEqualTo("pkg:pypi/a@1");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "resolved,FIXED",
        "resolved_with_pedigree,FIXED",
        "exploitable,AFFECTED",
        "in_triage,UNDER_INVESTIGATION",
        "false_positive,NOT_AFFECTED",
        "not_affected,NOT_AFFECTED",
    })
    void knowsTheStatesOfCycloneDx(String state, Status status) throws Exception {
        assertThat(read(CYCLONEDX.replace("\"state\":\"not_affected\"", "\"state\":\"" + state + "\""))
                        .statements())
                .extracting(VexStatement::status)
                .containsOnly(status);
    }

    @Test
    void notAffectedWithoutAReasonDoesNotCount() throws Exception {
        VexDocument document = read(OPENVEX.replace(",\"justification\":\"component_not_present\"", ""));
        assertThat(document.statements()).isEmpty();
        assertThat(document.unusable()).singleElement().satisfies(each -> {
            assertThat(each.place()).isEqualTo("doc statement 1");
            assertThat(each.why()).contains("justification is required");
        });
    }

    @Test
    void anImpactStatementIsReasonEnough() throws Exception {
        assertThat(read(OPENVEX.replace("justification\":\"component_not_present", "impact_statement\":\"not built in"))
                        .statements())
                .hasSize(2);
    }

    @Test
    void anUnknownStatusDoesNotCount() throws Exception {
        assertThat(read(OPENVEX.replace("\"not_affected\"", "\"fine\"")).unusable())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "{}", "null", "{\"statements\":[]}", "<html/>", "{\"@context\":\"openvex\"}"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(InputException.class);
    }

    @Test
    void tellsThePlaceOfBrokenJson() {
        assertThatThrownBy(() -> read("{\"@context\":\n  oops}"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 2, column");
    }

    @Test
    void noDamageLetsAnUncheckedExceptionOut() throws Exception {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        String[] documents = {OPENVEX, CSAF, CYCLONEDX};
        for (int i = 0; i < 3_000; i++) {
            byte[] bytes = documents[i % documents.length].getBytes(StandardCharsets.UTF_8);
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
            }
            try {
                new VexReader(Limits.DEFAULT).read(bytes, "doc");
            } catch (InputException refused) {
                assertThat(refused.getMessage())
                        .as("seed %d, round %d", seed, i)
                        .isNotEmpty();
            }
        }
    }
}
