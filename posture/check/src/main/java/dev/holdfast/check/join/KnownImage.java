package dev.holdfast.check.join;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known of an image before it runs. A list that is empty, or a value that is absent, says only of a whole image that it has none.
 *
 * @param source the file that says so, for reports
 * @param isWhole whether all of it is known; of a Dockerfile on a base that is not at hand only what it sets itself is
 * @param isJudged whether the file is judged itself, so that its own weaknesses are told there
 * @param whom whom it runs as
 * @param environment {@code NAME=value}
 * @param entryPoint what is always started
 * @param command what is started, or given to the entry point, unless the container says otherwise
 * @param ports {@code number[/protocol]}
 * @param volumes paths
 * @param healthCheck the check that engines run, and orchestrators do not
 * @param owners to whom its files were given by number
 * @param platform {@code os/architecture}; parts that are not known are empty
 */
public record KnownImage(
        String source,
        boolean isWhole,
        boolean isJudged,
        Whom whom,
        List<Setting> environment,
        Optional<Launch> entryPoint,
        Optional<Launch> command,
        List<Setting> ports,
        List<Setting> volumes,
        Optional<Setting> healthCheck,
        List<Setting> owners,
        ImagePlatform platform,
        ImageFiles files) {
    private static final List<String> USUAL_PATH =
            List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

    public KnownImage {
        environment = List.copyOf(environment);
        ports = List.copyOf(ports);
        volumes = List.copyOf(volumes);
        owners = List.copyOf(owners);
    }

    /** Where programs are looked for by name. */
    List<String> searchPath() {
        for (Setting variable : environment) {
            if (variable.text().startsWith("PATH=") && !variable.text().contains("$")) {
                return new ArrayList<>(List.of(variable.text().substring(5).split(":")));
            }
        }
        return USUAL_PATH;
    }
}
