package dev.holdfast.inventory.licence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LicenceWordsTest {
    private static String read(String words) {
        return LicenceWords.read(words).map(Object::toString).orElse("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "MIT > MIT",
                "mit > MIT",
                "apache-2.0 > Apache-2.0",
                "GPL-2.0 > GPL-2.0-only",
                "GPL-2.0+ > GPL-2.0-or-later",
                "GPL-2.0-with-classpath-exception > GPL-2.0-only WITH Classpath-exception-2.0",
                "Apache-2.0+ > Apache-2.0+",
                "MIT OR Apache-2.0 > MIT OR Apache-2.0",
                "(MIT OR Apache-2.0) AND BSD-3-Clause > (MIT OR Apache-2.0) AND BSD-3-Clause",
                "MIT AND BSD-3-Clause OR ISC > MIT AND BSD-3-Clause OR ISC",
                "((MIT)) > MIT",
                "MIT AND MIT > MIT",
                "GPL-2.0-or-later WITH Bison-exception-2.2 > GPL-2.0-or-later WITH Bison-exception-2.2",
                "LicenseRef-mine > LicenseRef-mine",
                "BSD-2-Clause-FreeBSD > BSD-2-Clause-Views"
            })
    void readsSpdx(String words, String expression) {
        assertThat(read(words)).isEqualTo(expression);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "GPL-2+ > GPL-2.0-or-later",
                "GPLv2+ > GPL-2.0-or-later",
                "GPLv2+ and LGPLv2+ > GPL-2.0-or-later AND LGPL-2.0-or-later",
                "GPL-2+ or Artistic > GPL-2.0-or-later OR Artistic-1.0-Perl",
                "LGPL-2.1+, and Expat > LGPL-2.1-or-later AND MIT",
                "GPL-3+ with autoconf exception > GPL-3.0-or-later WITH Autoconf-exception-3.0",
                "GPL-2+ with OpenSSL exception > LicenseRef-GPL-2.0-or-later-with-OpenSSL-exception",
                "The Apache Software License, Version 2.0 > Apache-2.0",
                "http://www.apache.org/licenses/LICENSE-2.0.txt > Apache-2.0",
                "BSD > BSD-3-Clause",
                "GNU General Public License v2 or later (GPLv2+) > GPL-2.0-or-later",
                "GNU Lesser General Public License v3 (LGPLv3) > LGPL-3.0-only",
                "Mozilla Public License 2.0 (MPL 2.0) > MPL-2.0",
                "MIT/X11 > MIT",
                "MIT/Apache-2.0 > MIT OR Apache-2.0",
                "GPL+ or Artistic > GPL-1.0-or-later OR Artistic-1.0-Perl",
                "MPL-2.0 GPL-2.0-or-later > MPL-2.0 AND GPL-2.0-or-later",
                "Some Strange Terms > LicenseRef-Some-Strange-Terms",
                "MIT and Some Terms > MIT AND LicenseRef-Some-Terms",
                "public-domain > LicenseRef-public-domain"
            })
    void readsWhatPeopleWrite(String words, String expression) {
        assertThat(read(words)).isEqualTo(expression);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "NOASSERTION", "NONE", "unknown"})
    void readsNothingOutOfNothing(String words) {
        assertThat(LicenceWords.read(words)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MIT OR", "(MIT OR ISC", "MIT OR ISC)", "AND MIT AND", "()", "WITH", "MIT WITH"})
    void whatIsNoExpressionIsOneReference(String words) {
        assertThat(read(words)).startsWith("LicenseRef-").doesNotContain(" ");
    }

    @Test
    void aNestingBombIsOneReference() {
        assertThat(read("(".repeat(5_000) + "MIT" + ")".repeat(5_000))).startsWith("LicenseRef-");
        assertThat(read("MIT AND ".repeat(100_000) + "MIT"))
                .startsWith("LicenseRef-")
                .hasSizeLessThan(100);
    }

    @Test
    void whatItWritesItReadsAgain() {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        String[] words = {
            "MIT", "GPL-2+", "(", ")", "or", "AND", "with", "Classpath", "exception", "x y", ",", "/", "BSD", "é", "-"
        };
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 1 + random.nextInt(9); i++) {
                text.append(words[random.nextInt(words.length)]).append(' ');
            }
            Optional<LicenceExpression> once = LicenceWords.read(text.toString());
            if (once.isPresent()) {
                assertThat(read(once.get().toString()))
                        .as("seed %d, %s", seed, text)
                        .isEqualTo(once.get().toString());
            }
        }
    }

    @Test
    void readsMachineReadableCopyright() {
        assertThat(DebianCopyright.read("""
                        Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
                        Upstream-Name: x

                        Files: *
                        Copyright: 2020 A
                        License: GPL-2+

                        Files: lib/*
                        Copyright: 2020 B
                        License: Expat
                         The text of it

                        License: GPL-2+
                         On Debian systems see /usr/share/common-licenses/GPL-3

                        License: BSD-3-clause
                         a text that no file names
                        """)).map(Object::toString).contains("GPL-2.0-or-later AND MIT");
    }

    @Test
    void readsWhichCommonTextsACopyrightInWordsPointsTo() {
        assertThat(DebianCopyright.read("It was packaged by me.\nsee `/usr/share/common-licenses/LGPL-2.1'. And"
                        + " /usr/share/common-licenses/Apache-2.0.\n"))
                .map(Object::toString)
                .contains("Apache-2.0 AND LGPL-2.1-only");
        assertThat(DebianCopyright.read("all rights reserved")).isEmpty();
    }

    @Test
    void readsProjectFilesAndBundleHeaders() {
        assertThat(MavenLicences.ofProject("<project><!-- <licenses><license><name>GPL</name></license></licenses> -->"
                        + "<licenses><license><name>Apache License, Version 2.0</name></license>"
                        + "<license><name> EPL 2.0 </name></license></licenses></project>"))
                .isEqualTo("Apache-2.0 OR EPL-2.0");
        assertThat(MavenLicences.ofManifest(
                        "Bundle-License: https://www.apache.org/licenses/LICENSE-2.0.t\r\n xt\r\nX: y\r\n"))
                .isEqualTo("Apache-2.0");
    }
}
