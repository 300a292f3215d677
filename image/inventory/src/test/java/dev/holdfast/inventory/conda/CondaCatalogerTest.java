package dev.holdfast.inventory.conda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.inventory.FakeFiles;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import java.util.List;
import org.junit.jupiter.api.Test;

class CondaCatalogerTest {
    private final CondaCataloger cataloger = new CondaCataloger();

    @Test
    void readsTheRecordsOfAnEnvironmentAndNothingElse() throws Exception {
        FakeFiles files = new FakeFiles()
                .put(
                        "/opt/conda/conda-meta/openssl-3.0.8-h0b41bf4_0.json",
                        "{\"build\":\"h0b41bf4_0\",\"channel\":\"https://conda.example.org/main\",\"depends\":[\"x\"],"
                                + "\"license\":\"Apache-2.0\",\"name\":\"openssl\",\"version\":\"3.0.8\"}")
                .put("/opt/conda/pkgs/a/info/index.json", "{\"name\":\"a\",\"version\":\"1\"}")
                .put("/opt/conda/conda-meta/history", "==> 2024 <==");
        List<PackageRecord> found = files.catalog(cataloger);
        assertThat(found).singleElement().satisfies(each -> {
            assertThat(each.name() + " " + each.version()).isEqualTo("openssl 3.0.8");
            assertThat(each.detail(Detail.LICENCE)).contains("Apache-2.0");
            assertThat(each.detail(Detail.ORIGIN)).contains("https://conda.example.org/main");
        });
    }

    @Test
    void recordThatIsCutOffIsAGap() throws Exception {
        FakeFiles files = new FakeFiles().put("/opt/conda/conda-meta/a-1-0.json", "{\"name\":\"a\",");
        assertThat(files.catalog(cataloger)).isEmpty();
        assertThat(files.gaps()).hasSize(1);
    }
}
