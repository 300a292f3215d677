package dev.holdfast.version;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The orders of the main schemes again, written straight from their specifications as comparators of two texts, slow and without keys: what
 * the keys are held against.
 */
final class DirectOrders {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private DirectOrders() {}

    static int deb(String a, String b) {
        int byEpoch = number(debEpoch(a)).compareTo(number(debEpoch(b)));
        if (byEpoch != 0) {
            return byEpoch;
        }
        String restA = a.substring(a.indexOf(':') + 1);
        String restB = b.substring(b.indexOf(':') + 1);
        int byUpstream = debPart(upstream(restA), upstream(restB));
        return byUpstream != 0 ? byUpstream : debPart(revision(restA), revision(restB));
    }

    private static String debEpoch(String version) {
        return version.indexOf(':') < 0 ? "0" : version.substring(0, version.indexOf(':'));
    }

    private static String upstream(String version) {
        return version.lastIndexOf('-') < 0 ? version : version.substring(0, version.lastIndexOf('-'));
    }

    private static String revision(String version) {
        return version.lastIndexOf('-') < 0 ? "0" : version.substring(version.lastIndexOf('-') + 1);
    }

    private static int debPart(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() || j < b.length()) {
            while (i < a.length() && !isDigit(a, i) || j < b.length() && !isDigit(b, j)) {
                int order = Integer.compare(debWeight(a, i), debWeight(b, j));
                if (order != 0) {
                    return order;
                }
                i++;
                j++;
            }
            String left = digits(a, i);
            String right = digits(b, j);
            int order = number(left).compareTo(number(right));
            if (order != 0) {
                return order;
            }
            i = Math.min(a.length(), i) + left.length();
            j = Math.min(b.length(), j) + right.length();
        }
        return 0;
    }

    private static int debWeight(String text, int at) {
        if (at >= text.length() || isDigit(text, at)) {
            return 0;
        }
        char c = text.charAt(at);
        return c == '~' ? -1 : Ascii.isLetter(c) ? c : c + 256;
    }

    static int rpm(String a, String b) {
        List<String> left = rpmParts(a);
        List<String> right = rpmParts(b);
        for (int i = 0; i < 2; i++) {
            int order = rpmPart(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        if (left.size() != right.size()) {
            return left.size() - right.size();
        }
        return left.size() == 2 ? 0 : rpmPart(left.get(2), right.get(2));
    }

    private static List<String> rpmParts(String version) {
        Matcher epoch = Pattern.compile("([0-9]*):").matcher(version);
        List<String> parts = new ArrayList<>();
        boolean has = epoch.lookingAt();
        parts.add(has && !epoch.group(1).isEmpty() ? epoch.group(1) : "0");
        String rest = has ? version.substring(epoch.end()) : version;
        int hyphen = rest.lastIndexOf('-');
        parts.add(hyphen < 0 ? rest : rest.substring(0, hyphen));
        if (hyphen >= 0) {
            parts.add(rest.substring(hyphen + 1));
        }
        return parts;
    }

    private static int rpmPart(String a, String b) {
        Pattern token = Pattern.compile("~|\\^|[A-Za-z]+|[0-9]+");
        Matcher left = token.matcher(a);
        Matcher right = token.matcher(b);
        while (true) {
            String l = left.find() ? left.group() : "";
            String r = right.find() ? right.group() : "";
            int order = Integer.compare(rpmClass(l), rpmClass(r));
            if (order == 0 && rpmClass(l) == 4) {
                order = number(l).compareTo(number(r));
            } else if (order == 0) {
                order = l.compareTo(r);
            }
            if (order != 0 || l.isEmpty()) {
                return order;
            }
        }
    }

    private static int rpmClass(String token) {
        return switch (token) {
            case "~" -> 0;
            case "" -> 1;
            case "^" -> 2;
            default -> Ascii.isDigit(token.charAt(0)) ? 4 : 3;
        };
    }

    /** Of well-formed versions only: garbage has the test of its own rule. */
    static int apk(String a, String b) {
        Pattern token = Pattern.compile("^[0-9]+|\\.[0-9]+|[a-z]|_[a-z]+|(?<=[a-z%])[0-9]+|~[0-9a-f]+|-r[0-9]+");
        Matcher left = token.matcher(a.replaceAll("_([a-z]+)([0-9]+)", "_$1%$2"));
        Matcher right = token.matcher(b.replaceAll("_([a-z]+)([0-9]+)", "_$1%$2"));
        return apk(left, right);
    }

    private static int apk(Matcher left, Matcher right) {
        String none = "";
        while (true) {
            String l = left.find() ? left.group() : none;
            String r = right.find() ? right.group() : none;
            int order = Integer.compare(apkClass(l), apkClass(r));
            if (order != 0 || l.isEmpty()) {
                return order;
            }
            order = apkValue(l, r);
            if (order != 0) {
                return order;
            }
        }
    }

    private static int apkValue(String l, String r) {
        if (l.startsWith("~") || l.startsWith("_") || Ascii.isLower(l.charAt(0))) {
            return l.startsWith("_") ? 0 : l.compareTo(r);
        }
        boolean asText = l.startsWith(".") && (l.charAt(1) == '0' || r.charAt(1) == '0');
        return asText ? l.compareTo(r) : number(digitsOf(l)).compareTo(number(digitsOf(r)));
    }

    private static int apkClass(String token) {
        if (token.startsWith("_")) {
            int pre = List.of("_alpha", "_beta", "_pre", "_rc").indexOf(token);
            return pre >= 0
                    ? pre
                    : 20 + List.of("_cvs", "_svn", "_git", "_hg", "_p").indexOf(token);
        }
        if (token.isEmpty()) {
            return 10;
        }
        return switch (token.charAt(0)) {
            case '-' -> 11;
            case '~' -> 12;
            case '.' -> 40;
            default -> Ascii.isLower(token.charAt(0)) ? 30 : 13;
        };
    }

    static int semver(String a, String b) {
        String[] left = withoutBuild(a).split("-", 2);
        String[] right = withoutBuild(b).split("-", 2);
        int order = dotted(left[0], right[0]);
        if (order != 0) {
            return order;
        }
        if (left.length != right.length) {
            return right.length - left.length;
        }
        return left.length == 1 ? 0 : dotted(left[1], right[1]);
    }

    private static String withoutBuild(String version) {
        return version.replaceFirst("\\+.*", "");
    }

    private static int dotted(String a, String b) {
        String[] left = a.split("\\.", -1);
        String[] right = b.split("\\.", -1);
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            boolean l = NUMBER.matcher(left[i]).matches();
            boolean r = NUMBER.matcher(right[i]).matches();
            int order = l && r
                    ? number(left[i]).compareTo(number(right[i]))
                    : l != r ? (l ? -1 : 1) : left[i].compareTo(right[i]);
            if (order != 0) {
                return order;
            }
        }
        return left.length - right.length;
    }

    private static final Pattern PEP_440 = Pattern.compile(
            "v?(?:([0-9]+)!)?([0-9]+(?:\\.[0-9]+)*)"
                    + "(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?([0-9]*))?"
                    + "(-[0-9]+|[-_.]?(?:post|rev|r)[-_.]?[0-9]*)?([-_.]?dev[-_.]?[0-9]*)?(?:\\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?");

    static boolean isPep440(String version) {
        return PEP_440.matcher(version.strip().toLowerCase(Locale.ROOT)).matches();
    }

    static int pypi(String a, String b) {
        List<BigInteger> left = pep440(a);
        List<BigInteger> right = pep440(b);
        for (int i = 0; i < left.size(); i++) {
            int order = left.get(i).compareTo(right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return local(a, b);
    }

    /** Epoch, twelve numbers, kind and number of the pre-release, post, dev: with the infinities of PEP 440's reference as ± 10^30. */
    private static List<BigInteger> pep440(String version) {
        BigInteger infinity = BigInteger.TEN.pow(30);
        Matcher matcher = PEP_440.matcher(version.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(version);
        }
        List<BigInteger> key = new ArrayList<>();
        key.add(number(matcher.group(1) == null ? "0" : matcher.group(1)));
        String[] release = matcher.group(2).split("\\.");
        for (int i = 0; i < 12; i++) {
            key.add(number(i < release.length ? release[i] : "0"));
        }
        String pre = matcher.group(3);
        String post = matcher.group(5);
        String dev = matcher.group(6);
        if (pre != null) {
            key.add(BigInteger.valueOf(pre.startsWith("a") ? 1 : pre.startsWith("b") ? 2 : 3));
        } else {
            key.add(post == null && dev != null ? infinity.negate() : infinity);
        }
        key.add(pre == null ? BigInteger.ZERO : number(matcher.group(4)));
        key.add(post == null ? infinity.negate() : number(digitsOf(post)));
        key.add(dev == null ? infinity : number(digitsOf(dev)));
        return key;
    }

    private static int local(String a, String b) {
        String[] left = a.indexOf('+') < 0
                ? new String[0]
                : a.substring(a.indexOf('+') + 1).split("[-_.]");
        String[] right = b.indexOf('+') < 0
                ? new String[0]
                : b.substring(b.indexOf('+') + 1).split("[-_.]");
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            boolean l = NUMBER.matcher(left[i]).matches();
            boolean r = NUMBER.matcher(right[i]).matches();
            int order = l && r
                    ? number(left[i]).compareTo(number(right[i]))
                    : l != r ? (l ? 1 : -1) : left[i].compareTo(right[i]);
            if (order != 0) {
                return order;
            }
        }
        return left.length - right.length;
    }

    static int gem(String a, String b) {
        List<String> left = segments(a);
        List<String> right = segments(b);
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            String l = i < left.size() ? left.get(i) : "0";
            String r = i < right.size() ? right.get(i) : "0";
            boolean leftNumber = Ascii.isDigit(l.charAt(0));
            boolean rightNumber = Ascii.isDigit(r.charAt(0));
            int order = leftNumber && rightNumber
                    ? number(l).compareTo(number(r))
                    : leftNumber != rightNumber ? (leftNumber ? 1 : -1) : l.compareTo(r);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static List<String> segments(String version) {
        List<String> numbers = new ArrayList<>();
        List<String> rest = new ArrayList<>();
        Matcher matcher = Pattern.compile("[0-9]+|[a-zA-Z]+").matcher(version.replace("-", ".pre."));
        while (matcher.find()) {
            boolean leading = rest.isEmpty() && Ascii.isDigit(matcher.group().charAt(0));
            (leading ? numbers : rest).add(matcher.group());
        }
        for (List<String> part : List.of(numbers, rest)) {
            while (!part.isEmpty() && part.getLast().matches("0+")) {
                part.removeLast();
            }
        }
        numbers.addAll(rest);
        return numbers;
    }

    static Comparator<String> of(Scheme scheme) {
        return switch (scheme) {
            case DEB -> DirectOrders::deb;
            case RPM -> DirectOrders::rpm;
            case APK -> DirectOrders::apk;
            case PYPI -> DirectOrders::pypi;
            case GEM -> DirectOrders::gem;
            default -> DirectOrders::semver;
        };
    }

    private static BigInteger number(String digits) {
        return digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits);
    }

    private static String digitsOf(String text) {
        Matcher matcher = NUMBER.matcher(text);
        return matcher.find() ? matcher.group() : "";
    }

    private static String digits(String text, int from) {
        int start = Math.min(from, text.length());
        return text.substring(start, Ascii.endOfDigits(text, start));
    }

    private static boolean isDigit(String text, int at) {
        return Ascii.isDigit(text.charAt(at));
    }
}
