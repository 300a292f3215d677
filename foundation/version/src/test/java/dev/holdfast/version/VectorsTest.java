package dev.holdfast.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every vector that the ecosystems' own tools or authors published, as far as the corpus has them. */
class VectorsTest {

    @ParameterizedTest
    @CsvSource({
        "DEB, debian-versions.txt, 20",
        "DEB, debian-versions-generated.txt, 9628",
        "RPM, redhat-versions.txt, 110",
        "APK, alpine-versions.txt, 521",
        "APK, alpine-versions-generated.txt, 9320",
        "APK, apk-tools-version.data, 475",
        "PYPI, pypi-versions.txt, 22",
        "PYPI, pypi-versions-generated.txt, 8250",
        "GEM, rubygems-versions.txt, 18",
        "GEM, rubygems-versions-generated.txt, 2732",
        "NUGET, nuget-versions.txt, 23",
        "COMPOSER, packagist-versions.txt, 63",
        "COMPOSER, packagist-versions-generated.txt, 7087",
        "SEMVER, semver-versions.txt, 58",
        "PUB, pub-versions.txt, 66",
        "HACKAGE, hackage-versions.txt, 9",
        "CRAN, cran-versions.txt, 13",
        "CRAN, cran-versions-generated.txt, 38",
    })
    void ordersAsPublished(Scheme scheme, String file, int atLeast) throws IOException {
        List<Vectors.Vector> vectors = Vectors.read(file);

        assertThat(vectors).hasSizeGreaterThanOrEqualTo(atLeast);
        assertThat(Vectors.differing(scheme, vectors)).isEmpty();
    }
}
