package dev.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CvssTest {
    /** The examples that FIRST gives with the specifications, and flaws that everybody knows. */
    @ParameterizedTest
    @CsvSource({
        "7.8,  AV:N/AC:L/Au:N/C:N/I:N/A:C", // CVE-2002-0392
        "10.0, AV:N/AC:L/Au:N/C:C/I:C/A:C", // CVE-2003-0818
        "6.2,  AV:L/AC:H/Au:N/C:C/I:C/A:C", // CVE-2003-0062
        "6.1,  CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", // CVE-2013-1937
        "6.4,  CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N", // CVE-2013-0375
        "3.1,  CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N", // CVE-2014-3566
        "9.9,  CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H", // CVE-2012-1516
        "4.2,  CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L", // CVE-2009-0783
        "7.5,  CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", // CVE-2014-0160
        "10.0, CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", // CVE-2021-44228
        "0.0,  CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N",
        "7.3,  CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", // CVE-2022-41741
        "7.7,  CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", // CVE-2020-3549
        "8.3,  CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N", // CVE-2023-3089
        "5.1,  CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N", // CVE-2022-21830
        "8.7,  CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N", // CVE-2014-0160
        "10.0, CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", // CVE-2021-44228
        "0.0,  CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N",
    })
    void scoresKnownVectors(double score, String vector) {
        assertThat(Cvss.baseScore(vector)).contains(score);
    }

    /** Two independent implementations agreed on every one of these 110,889 scores when the digest was taken. */
    @Test
    void scoresEveryBaseVectorAsTheReferenceImplementationDoes() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        each(digest, "", "AV:NAL AC:LMH Au:NSM C:NPC I:NPC A:NPC".split(" "), 0);
        for (String version : new String[] {"CVSS:3.0", "CVSS:3.1"}) {
            each(digest, version, "AV:NALP AC:LH PR:NLH UI:NR S:UC C:NLH I:NLH A:NLH".split(" "), 0);
        }
        String[] four = "AV:NALP AC:LH AT:NP PR:NLH UI:NPA VC:HLN VI:HLN VA:HLN SC:HLN SI:HLN SA:HLN".split(" ");
        each(digest, "CVSS:4.0", four, 0);
        assertThat(HexFormat.of().formatHex(digest.digest()))
                .isEqualTo("0809b80fbef4c5d945cab258f1fb2e4b26033e86c9c53bd77b1993f1771da641");
    }

    private static void each(MessageDigest digest, String begun, String[] metrics, int next) {
        if (next == metrics.length) {
            String line = Cvss.baseScore(begun).map(String::valueOf).orElse("none") + "\n";
            digest.update(line.getBytes(StandardCharsets.US_ASCII));
            return;
        }
        int colon = metrics[next].indexOf(':');
        for (int i = colon + 1; i < metrics[next].length(); i++) {
            String metric = metrics[next].substring(0, colon + 1) + metrics[next].charAt(i);
            each(digest, begun.isEmpty() ? metric : begun + "/" + metric, metrics, next + 1);
        }
    }

    @Test
    void leavesMetricsOfTimeAndPlaceAside() {
        assertThat(Cvss.baseScore("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U/RL:O/RC:U/MAV:P/CR:L"))
                .contains(9.8);
        assertThat(Cvss.baseScore("AV:N/AC:L/Au:N/C:C/I:C/A:C/E:POC/RL:OF/RC:C"))
                .contains(10.0);
        assertThat(Cvss.baseScore(
                        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/E:U/MSI:S/AU:Y/U:Amber"))
                .contains(10.0);
    }

    @Test
    void readsTheSpellingsThatDatabasesUse() {
        assertThat(Cvss.baseScore("(AV:N/AC:L/Au:N/C:N/I:N/A:C)")).contains(7.8);
        assertThat(Cvss.baseScore("CVSS:2.0/AV:N/AC:L/Au:N/C:N/I:N/A:C")).contains(7.8);
        assertThat(Cvss.baseScore(" CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/ "))
                .contains(9.8);
        assertThat(Cvss.baseScore("CVSS:3.1/A:H/I:H/C:H/S:U/UI:N/PR:N/AC:L/AV:N"))
                .contains(9.8);
    }

    @Test
    void givesScoresTheirWords() {
        assertThat(Cvss.severity("AV:N/AC:L/Au:N/C:C/I:C/A:C")).contains(Severity.HIGH);
        assertThat(Cvss.severity("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"))
                .contains(Severity.CRITICAL);
        assertThat(Cvss.severity("CVSS:4.0/AV:L/AC:L/AT:N/PR:N/UI:P/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N"))
                .contains(Severity.MEDIUM);
        assertThat(Cvss.severity("high")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                ":",
                "9.8",
                "CVSS:3.1",
                "CVSS:3.1/",
                "CVSS:3.2/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                "cvss:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H", // a metric is missing
                "CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", // one is there twice
                "CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                "CVSS:3.1/AV:NN/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                "CVSS:3.1/AV:/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                "CVSS:3.1//AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/ZZ:N",
                "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:,",
                "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:X,H",
                "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:S/SA:H", // safety is no base value
                "AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                "(AV:N/AC:L/Au:N/C:N/I:N/A:C",
            })
    void scoresNothingThatIsNoVector(String text) {
        assertThat(Cvss.baseScore(text)).isEmpty();
    }

    @Test
    void refusesAnEndlessVector() {
        assertThat(Cvss.baseScore("CVSS:3.1/" + "AV:N/".repeat(1_000_000))).isEmpty();
    }

    @Test
    void survivesRandomTexts() {
        long seed = 20_261_125;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        String valid = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H";
        for (int i = 0; i < 20_000; i++) {
            char[] text = valid.toCharArray();
            for (int change = random.nextInt(4); change >= 0; change--) {
                text[random.nextInt(text.length)] = "/:NHLASCV431.\u0000\uD800".charAt(random.nextInt(15));
            }
            assertThat(Cvss.baseScore(new String(text)).orElse(0.0)).isBetween(0.0, 10.0);
        }
    }
}
