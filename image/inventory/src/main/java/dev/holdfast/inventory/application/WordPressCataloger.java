package dev.holdfast.inventory.application;

import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.NamedFileCataloger;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.inventory.PackageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads WordPress, its plugins and themes. A plugin's main file and a theme's style sheet begin with a comment of fields, of which WordPress
 * itself looks at the first 8 kB:
 *
 * <pre>
 *   wp-content/plugins/NAME/*.php, wp-content/plugins/NAME.php     Plugin Name: …     Version: 1.0.0
 *   wp-content/themes/NAME/style.css                               Theme Name: …      Version: 1.0.0
 *   wp-includes/version.php                                        $wp_version = '6.4.2';
 * </pre>
 *
 * Plugins and themes are called by their folder, as WordPress' directory calls them.
 */
public final class WordPressCataloger implements NamedFileCataloger {
    private static final FileNames FILES = FileNames.of("*.php", "style.css");
    private static final String PLUGINS = "/wp-content/plugins/";
    private static final String THEMES = "/wp-content/themes/";
    private static final String CORE = "/wp-includes/version.php";
    private static final int MOST_HEADER = 8 << 10;

    @Override
    public String name() {
        return "wordpress";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(new Reads(
                "WordPress",
                "`wp-content/plugins/*/*.php`, `wp-content/plugins/*.php`, `wp-content/themes/*/style.css`, `wp-includes/version.php`",
                "WordPress, plugins and themes, active or not"));
    }

    @Override
    public boolean isRecord(String path) {
        if (path.endsWith("/style.css")) {
            return depthBelow(THEMES, path) == 1;
        }
        int depth = depthBelow(PLUGINS, path);
        return depth == 0 || depth == 1 || path.endsWith(CORE);
    }

    /** How many folders stand between; -1 when the path is not below. */
    private static int depthBelow(String folder, String path) {
        int at = path.indexOf(folder);
        if (at < 0) {
            return -1;
        }
        int depth = 0;
        for (int i = path.indexOf('/', at + folder.length()); i >= 0; i = path.indexOf('/', i + 1)) {
            depth++;
        }
        return depth;
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws IOException {
        byte[] head = new byte[(int) Math.min(MOST_HEADER, file.content().size())];
        int length = Math.max(0, file.content().read(0, head, 0, head.length));
        String text = new String(head, 0, length, StandardCharsets.UTF_8);
        if (file.path().endsWith(CORE)) {
            int at = text.indexOf("$wp_version");
            String version = at < 0 ? "" : quoted(text, at);
            if (!version.isEmpty()) {
                packages.accept(
                        PackageRecord.of(PackageType.GENERIC, "wordpress", version, Confidence.HIGH, "version.php")
                                .withDetail(Detail.PRODUCT, "wordpress:wordpress"));
            }
            return;
        }
        boolean isTheme = file.name().equals("style.css");
        if (!field(text, isTheme ? "Theme Name:" : "Plugin Name:").isEmpty()) {
            packages.accept(PackageRecord.of(
                    isTheme ? PackageType.WORDPRESS_THEME : PackageType.WORDPRESS_PLUGIN,
                    slug(file, isTheme),
                    field(text, "Version:"),
                    Confidence.HIGH,
                    isTheme ? "style.css" : "plugin header"));
        }
    }

    private static String slug(RecordFile file, boolean isTheme) {
        String folder = file.folder();
        boolean isAlone = !isTheme && (folder + "/").endsWith(PLUGINS);
        String name = isAlone ? file.name() : folder;
        int dot = isAlone ? name.lastIndexOf('.') : name.length();
        return name.substring(name.lastIndexOf('/') + 1, dot);
    }

    /** The value of a comment's field, to the end of its line. */
    private static String field(String text, String name) {
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            int start = at;
            while (start > 0 && " \t*/#@".indexOf(text.charAt(start - 1)) >= 0) {
                start--;
            }
            if (start == 0 || text.charAt(start - 1) == '\n' || text.charAt(start - 1) == '\r') {
                int end = at + name.length();
                while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                    end++;
                }
                String value = text.substring(at + name.length(), end);
                int close = value.indexOf("*/");
                return (close < 0 ? value : value.substring(0, close)).strip();
            }
        }
        return "";
    }

    private static String quoted(String text, int from) {
        int open = text.indexOf('\'', from);
        int close = open < 0 ? -1 : text.indexOf('\'', open + 1);
        return close < 0 ? "" : text.substring(open + 1, close);
    }
}
