package dev.holdfast.core;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The metrics of one version of CVSS and their values. A value stands for its place in the list of its metric, by which the formulas look
 * their numbers up.
 */
final class CvssMetrics {
    /** CVSS 2.0 guide, sections 2.1 to 2.3. */
    static final CvssMetrics V2 = new CvssMetrics(
            "AV:NAL AC:LMH Au:NSM C:NPC I:NPC A:NPC",
            "E:U,POC,F,H,ND RL:OF,TF,W,U,ND RC:UC,UR,C,ND CDP:N,L,LM,MH,H,ND TD:N,L,M,H,ND"
                    + " CR:L,M,H,ND IR:L,M,H,ND AR:L,M,H,ND");

    /** CVSS 3.1 specification, table 15; 3.0 has the same. */
    static final CvssMetrics V3 = new CvssMetrics(
            "AV:NALP AC:LH PR:NLH UI:NR S:UC C:NLH I:NLH A:NLH",
            "E:X,H,F,P,U RL:X,U,W,T,O RC:X,C,R,U CR:X,H,M,L IR:X,H,M,L AR:X,H,M,L MAV:X,N,A,L,P MAC:X,L,H MPR:X,N,L,H"
                    + " MUI:X,N,R MS:X,U,C MC:X,N,L,H MI:X,N,L,H MA:X,N,L,H");

    /** CVSS 4.0 specification, table 23. The values of impacts are listed from the worst. */
    static final CvssMetrics V4 = new CvssMetrics(
            "AV:NALP AC:LH AT:NP PR:NLH UI:NPA VC:HLN VI:HLN VA:HLN SC:HLN SI:HLN SA:HLN",
            "E:X,A,P,U CR:X,H,M,L IR:X,H,M,L AR:X,H,M,L MAV:X,N,A,L,P MAC:X,L,H MAT:X,N,P MPR:X,N,L,H MUI:X,N,P,A"
                    + " MVC:X,H,L,N MVI:X,H,L,N MVA:X,H,L,N MSC:X,H,L,N MSI:X,S,H,L,N MSA:X,S,H,L,N S:X,N,P AU:X,N,Y R:X,A,U,I"
                    + " V:X,D,C RE:X,L,M,H U:X,Clear,Green,Amber,Red");

    private final Map<String, String> base = new LinkedHashMap<>();
    private final Map<String, String> others = new HashMap<>();

    private CvssMetrics(String base, String others) {
        for (String metric : base.split(" ")) {
            int colon = metric.indexOf(':');
            this.base.put(metric.substring(0, colon), metric.substring(colon + 1));
        }
        for (String metric : others.split(" ")) {
            int colon = metric.indexOf(':');
            this.others.put(metric.substring(0, colon), "," + metric.substring(colon + 1) + ",");
        }
    }

    /**
     * For each base metric, in the order of the version's list, the place of its value. Empty when the text is no vector of the version.
     */
    Optional<int[]> read(String text) {
        Map<String, String> given = new HashMap<>();
        for (String metric : text.split("/")) { // a slash at the end, as some databases write, gives no empty metric
            int colon = metric.indexOf(':');
            String name = colon < 0 ? "" : metric.substring(0, colon);
            String value = metric.substring(colon + 1);
            if (!isKnown(name, value) || given.put(name, value) != null) {
                return Optional.empty();
            }
        }
        int[] places = new int[base.size()];
        int next = 0;
        for (Map.Entry<String, String> metric : base.entrySet()) {
            String value = given.get(metric.getKey());
            if (value == null) {
                return Optional.empty();
            }
            places[next++] = metric.getValue().indexOf(value);
        }
        return Optional.of(places);
    }

    private boolean isKnown(String name, String value) {
        String ofBase = base.get(name);
        if (ofBase != null) {
            return value.length() == 1 && ofBase.contains(value);
        }
        String ofOthers = others.get(name);
        return ofOthers != null && !value.isEmpty() && value.indexOf(',') < 0 && ofOthers.contains("," + value + ",");
    }
}
