package dev.holdfast.report.form;

import dev.holdfast.core.SafeText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * One HTML page that needs nothing else: light and dark, printable, with a filter that runs in the page. Its policy lets no other source in,
 * and every text is escaped.
 */
public final class HtmlPage {
    private static final String HEAD = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>%s</title>
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

    public HtmlPage(String title) {
        out.append(HEAD.replace("%s", text(title)));
    }

    /** Ends the page and writes it; the stream stays open for its owner. */
    public void write(OutputStream to) throws IOException {
        to.write(out.append(FILTER).toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A paragraph whose whole text has a style; none when the style is empty. */
    public void paragraph(String style, String content) {
        out.append("<p").append(style.isEmpty() ? ">" : " class=\"" + style + "\">");
        out.append(text(content)).append("</p>\n");
    }

    /** A paragraph that begins with one styled word. */
    public void paragraph(String style, String word, String content) {
        out.append("<p><span class=\"").append(style).append("\">").append(text(word));
        out.append("</span> ").append(text(content)).append("</p>\n");
    }

    /** A box that filters the table that follows it. */
    public void filter() {
        out.append("<input type=\"search\" placeholder=\"filter: words in any column\" aria-label=\"filter\">");
    }

    /** Begins a table. */
    public void head(String... names) {
        out.append("<table><thead><tr>");
        for (String name : names) {
            element("th", name);
        }
        out.append("</tr></thead><tbody>\n");
    }

    public void row(Runnable cells) {
        out.append("<tr>");
        cells.run();
        out.append("</tr>\n");
    }

    public void endTable() {
        out.append("</tbody></table>\n");
    }

    public void list(Iterable<String> items) {
        out.append("<ul>\n");
        for (String item : items) {
            element("li", item);
        }
        out.append("</ul>\n");
    }

    public void cell(String style, String content) {
        out.append("<td").append(style.isEmpty() ? ">" : " class=\"" + style + "\">");
        out.append(text(content)).append("</td>");
    }

    public void element(String name, String content) {
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
