package dev.holdfast.report;

import dev.holdfast.advisory.Source;
import dev.holdfast.core.Finding;
import dev.holdfast.core.Gap;
import dev.holdfast.core.SafeText;
import dev.holdfast.scan.Change;
import dev.holdfast.scan.ScanReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes reports as one HTML page that needs nothing else: light and dark, printable, with a filter that runs in the page. Its policy lets
 * no other source in, and every text is escaped.
 */
public final class HtmlScan {
    private static final String HEAD = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Holdfast scan</title>
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
            <style>
            :root{color-scheme:light dark;--line:#8884;--bad:#b3261e;--warn:#9a6700;--dim:#6b7280}
            @media(prefers-color-scheme:dark){:root{--bad:#ff8a80;--warn:#e3b341;--dim:#9ca3af}}
            body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}
            h1{font-size:1.4rem;margin:2rem 0 .2rem}h2{font-size:1.05rem;margin:1.6rem 0 .4rem}
            table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25rem .6rem .25rem 0;border-bottom:1px solid var(--line);
            vertical-align:top;overflow-wrap:anywhere}th{position:sticky;top:0;background:Canvas}
            .critical,.exploited,.fail{color:var(--bad);font-weight:600}.high{color:var(--bad)}.medium,.could-not-tell{color:var(--warn)}
            .dim{color:var(--dim)}input{font:inherit;padding:.3rem .5rem;width:100%;max-width:30rem}
            @media print{input{display:none}th{position:static}}
            </style></head><body>
            """;

    private static final String FILTER = """
            <script>
            document.querySelectorAll('input').forEach(function(box){box.addEventListener('input',function(){
            var words=box.value.toLowerCase().split(/\\s+/);
            box.nextElementSibling.querySelectorAll('tbody tr').forEach(function(row){var text=row.textContent.toLowerCase();
            row.hidden=!words.every(function(word){return text.indexOf(word)>=0})})})});
            </script></body></html>
            """;

    private final StringBuilder out = new StringBuilder(1 << 14);

    private HtmlScan() {}

    public static void write(ScanResults results, OutputStream to) throws IOException {
        HtmlScan page = new HtmlScan();
        page.out.append(HEAD);
        results.reports().forEach(page::report);
        for (ScanResults.Failure failure : results.failures()) {
            page.element("h1", failure.given());
            page.out
                    .append("<p class=\"fail\">")
                    .append(text(failure.message()))
                    .append("</p>\n");
        }
        page.sources(results);
        page.out.append(FILTER);
        to.write(page.out.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void report(ScanReport report) {
        element("h1", report.target().given());
        String digest = report.target().digest().map(Object::toString).orElse("");
        String platform = report.target().platform().map(Object::toString).orElse("");
        out.append("<p class=\"dim\">")
                .append(text((platform + "  " + digest).strip()))
                .append("</p>\n");
        String outcome = report.verdict().outcome().word();
        out.append("<p><span class=\"").append(outcome).append("\">").append(outcome.replace('-', ' '));
        out.append("</span> ").append(text(report.verdict().sentence())).append("</p>\n");
        out.append("<p>").append(text(TerminalScan.sentence(report))).append("</p>\n");
        changes(report);
        findings(report);
        if (!report.gaps().isEmpty()) {
            element("h2", "Could not see");
            out.append("<ul>\n");
            for (Gap gap : report.gaps()) {
                element("li", gap.subject() + ": " + gap.detail());
            }
            out.append("</ul>\n");
        }
    }

    private void changes(ScanReport report) {
        if (report.changes().isEmpty()) {
            return;
        }
        element("h2", "What to do");
        head("change", "where", "findings", "critical", "exploited");
        for (Change change : report.changes()) {
            out.append("<tr>");
            cell("", change.title());
            cell("dim", change.where());
            cell("", String.valueOf(change.findings()));
            cell(change.critical() > 0 ? "critical" : "", String.valueOf(change.critical()));
            cell(change.exploited() > 0 ? "exploited" : "", String.valueOf(change.exploited()));
            out.append("</tr>\n");
        }
        out.append("</tbody></table>\n");
    }

    private void findings(ScanReport report) {
        if (report.findings().isEmpty()) {
            return;
        }
        element("h2", "Findings");
        out.append("<input type=\"search\" placeholder=\"filter: words in any column\" aria-label=\"filter\">");
        head("severity", "id", "package", "version", "fix", "EPSS", "", "where", "instruction");
        for (Finding finding : report.findings()) {
            FindingRow row = FindingRow.of(finding, report);
            out.append("<tr>");
            cell(row.severity(), row.severity());
            cell("", row.id());
            cell("", row.packageName());
            cell("", row.version());
            cell("", row.fix());
            cell("dim", row.epss());
            cell("exploited", row.isExploited() ? "exploited" : "");
            cell("dim", row.place());
            cell("dim", row.instruction());
            out.append("</tr>\n");
        }
        out.append("</tbody></table>\n");
    }

    private void sources(ScanResults results) {
        element("h2", "What the answers are based on");
        head("source", "date", "licence");
        for (Source source : results.sources()) {
            out.append("<tr>");
            cell("", source.name());
            cell("", source.date());
            cell("dim", source.licence());
            out.append("</tr>\n");
        }
        out.append("</tbody></table>\n<p class=\"dim\">Holdfast ").append(text(results.version()));
        out.append(", as of ")
                .append(results.asOf())
                .append(", base ")
                .append(results.database())
                .append("</p>\n");
    }

    private void head(String... names) {
        out.append("<table><thead><tr>");
        for (String name : names) {
            element("th", name);
        }
        out.append("</tr></thead><tbody>\n");
    }

    private void cell(String style, String content) {
        out.append("<td").append(style.isEmpty() ? ">" : " class=\"" + style + "\">");
        out.append(text(content)).append("</td>");
    }

    private void element(String name, String content) {
        out.append('<')
                .append(name)
                .append('>')
                .append(text(content))
                .append("</")
                .append(name)
                .append(">\n");
    }

    private static String text(String raw) {
        return SafeText.of(raw)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
