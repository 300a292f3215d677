package dev.holdfast.inventory.golang;

import dev.holdfast.inventory.golang.ModuleList.Dependency;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version that a build set by the linker: {@code -ldflags "-X main.version=v1.2.3"}. There is no rule for it, so only what can hardly
 * be anything else counts: a variable called version, in package main or in the program's own module, set to what looks like a release. Where
 * several such variables differ, those of package main decide; where these differ too, the version stays unknown.
 */
final class LinkedVersion {
    private static final Pattern SETTING = Pattern.compile("-X[\\s=]+['\"]?([^\\s=,'\"]+)=([^\\s'\"]+)");
    private static final Pattern VARIABLE = Pattern.compile("(?i)(app|build|program|release|git|main)?_?version");
    private static final Pattern RELEASE = Pattern.compile("v?(\\d+(\\.\\d+){1,3}([-+][0-9A-Za-z.+\\-]+)?)");
    /** A build passes a few settings; a text of megabytes is none. */
    private static final int LONGEST_FLAGS = 64 << 10;

    private LinkedVersion() {}

    /** With the {@code v} in front that Go's versions have. */
    static Optional<String> find(ModuleList modules) {
        if (modules.linkerFlags().length() > LONGEST_FLAGS) {
            return Optional.empty();
        }
        Set<String> ofMain = new LinkedHashSet<>();
        Set<String> ofModule = new LinkedHashSet<>();
        Matcher setting = SETTING.matcher(modules.linkerFlags());
        while (setting.find()) {
            int dot = setting.group(1).lastIndexOf('.');
            Matcher release = RELEASE.matcher(setting.group(2));
            if (dot < 1
                    || !release.matches()
                    || !VARIABLE.matcher(setting.group(1).substring(dot + 1)).matches()) {
                continue;
            }
            String place = setting.group(1).substring(0, dot);
            if (place.equals("main") || place.equals(modules.path())) {
                ofMain.add("v" + release.group(1));
            } else if (isOfTheBuild(place, modules)) {
                ofModule.add("v" + release.group(1));
            }
        }
        return only(ofMain).or(() -> ofMain.isEmpty() ? only(ofModule) : Optional.empty());
    }

    /** Whether a package was built from the program's own sources: it is in the main module, or in one taken from a folder beside it. */
    private static boolean isOfTheBuild(String place, ModuleList modules) {
        if (modules.main().isPresent() && isInside(place, modules.main().get().path())) {
            return true;
        }
        for (Dependency dependency : modules.dependencies()) {
            if (dependency.isFromFolder() && isInside(place, dependency.module().path())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isInside(String place, String module) {
        return place.equals(module) || place.startsWith(module + "/");
    }

    private static Optional<String> only(Set<String> versions) {
        return versions.size() == 1 ? Optional.of(versions.iterator().next()) : Optional.empty();
    }
}
