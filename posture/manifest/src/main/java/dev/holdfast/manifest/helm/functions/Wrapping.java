package dev.holdfast.manifest.helm.functions;

import dev.holdfast.manifest.template.Budget;
import dev.holdfast.manifest.template.TemplateFault;

/** Breaks a text into lines of a width, as goutils does. */
final class Wrapping {
    private Wrapping() {}

    static String wrap(String text, int width, String separator, boolean breaksWords, Budget budget)
            throws TemplateFault {
        String newLine = separator.isEmpty() ? "\n" : separator;
        int most = Math.max(1, width);
        budget.make(text.length() + (long) (text.length() / most + 1) * newLine.length());
        int length = text.length();
        StringBuilder out = new StringBuilder(length + 32);
        int at = 0;
        while (length - at > most) {
            if (text.charAt(at) == ' ') {
                at++;
                continue;
            }
            int end = at + most;
            int space = text.lastIndexOf(' ', end);
            if (space > at) {
                out.append(text, at, space).append(newLine);
                at = space + 1;
            } else if (breaksWords) {
                out.append(text, at, end).append(newLine);
                at = end;
            } else {
                int next = text.indexOf(' ', end);
                if (next < 0) {
                    out.append(text, at, length);
                    at = length;
                } else {
                    out.append(text, at, next).append(newLine);
                    at = next + 1;
                }
            }
        }
        return out.append(text, Math.min(at, length), length).toString();
    }
}
