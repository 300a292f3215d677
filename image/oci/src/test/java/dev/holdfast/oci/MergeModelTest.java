package dev.holdfast.oci;

import static dev.holdfast.oci.testing.ImageBuilder.image;
import static dev.holdfast.oci.testing.LayerBuilder.layer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.oci.testing.ArchiveBuilder;
import dev.holdfast.oci.testing.Folding;
import dev.holdfast.oci.testing.ImageBuilder;
import dev.holdfast.oci.testing.Images;
import dev.holdfast.oci.testing.LayerBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random images against the simplest thing that could be right: a map from path to content that forgets nothing until it is told to.
 */
class MergeModelTest {
    private static final String FOLDER = "<folder>";
    private static final int ROUNDS = 250;

    @TempDir
    Path folder;

    /** The model: living paths without their leading slash. */
    private static final class Model {
        final TreeMap<String, String> living = new TreeMap<>();

        void removeBelow(String path) {
            living.keySet().removeIf(key -> path.isEmpty() || key.startsWith(path + "/"));
        }

        void remove(String path) {
            removeBelow(path);
            living.remove(path);
        }

        void makeParents(String path) {
            for (int at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
                String parent = path.substring(0, at);
                if (!FOLDER.equals(living.get(parent))) {
                    living.put(parent, FOLDER);
                }
            }
        }

        void put(String path, String content) {
            makeParents(path);
            if (!content.equals(FOLDER)) {
                removeBelow(path);
            }
            living.put(path, content);
        }
    }

    private record Step(String kind, String path, String other) {}

    private static String path(Random random) {
        StringBuilder path = new StringBuilder();
        int depth = 1 + random.nextInt(3);
        for (int i = 0; i < depth; i++) {
            path.append(i == 0 ? "" : "/").append((char) ('a' + random.nextInt(3)));
        }
        return path.toString();
    }

    private static List<Step> steps(Random random, int number) {
        String[] kinds = {"file", "file", "file", "folder", "device", "whiteout", "whiteout", "opaque", "hard"};
        List<Step> steps = new ArrayList<>();
        int count = 1 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            String kind = kinds[random.nextInt(kinds.length)];
            steps.add(new Step(kind, path(random), kind.equals("hard") ? path(random) : number + "." + i));
        }
        return steps;
    }

    private static LayerBuilder build(List<Step> steps) {
        LayerBuilder layer = layer();
        for (Step step : steps) {
            switch (step.kind()) {
                case "file" -> layer.file(step.path(), step.other());
                case "folder" -> layer.directory(step.path());
                case "device" -> layer.characterDevice(step.path());
                case "whiteout" -> layer.whiteout(step.path());
                case "opaque" -> layer.opaque(step.path());
                default -> layer.hardLink(step.path(), step.other());
            }
        }
        return layer;
    }

    /** The model's answer; empty when a hard link has no target, which the model does not speak about. */
    private static boolean apply(Model model, List<Step> steps) {
        for (Step step : steps) {
            if (step.kind().equals("whiteout") && isReachable(model, step.path())) {
                model.remove(step.path());
            }
            if (step.kind().equals("opaque") && FOLDER.equals(model.living.get(step.path()))) {
                model.removeBelow(step.path());
            }
        }
        for (Step step : steps) {
            switch (step.kind()) {
                case "file" -> model.put(step.path(), step.other());
                case "folder" -> model.put(step.path(), FOLDER);
                case "device" -> model.put(step.path(), "<device>");
                case "hard" -> {
                    String target = model.living.get(step.other());
                    if (target == null || target.equals(FOLDER) || step.path().startsWith(step.other() + "/")) {
                        return false;
                    }
                    model.put(step.path(), target);
                }
                default -> {
                    // whiteouts came first
                }
            }
        }
        return true;
    }

    private static boolean isReachable(Model model, String path) {
        return model.living.containsKey(path);
    }

    @Test
    void randomImagesMergeAsTheModelDoes() throws Exception {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        int compared = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Model model = new Model();
            ImageBuilder image = image();
            boolean speaks = true;
            StringBuilder story = new StringBuilder("seed " + seed + ", round " + round);
            int count = 1 + random.nextInt(5);
            for (int i = 0; i < count; i++) {
                List<Step> steps = steps(random, i);
                story.append("\nlayer ").append(i).append(' ').append(steps);
                image.layer(build(steps), random.nextBoolean() ? Folding.NONE : Folding.GZIP);
                speaks &= apply(model, steps);
            }
            if (speaks) {
                compared++;
                try (var opened = Images.read(folder, ArchiveBuilder.dockerArchive(image))) {
                    assertThat(contents(opened)).as(story.toString()).isEqualTo(model.living);
                }
            }
        }
        assertThat(compared).isGreaterThan(ROUNDS / 10);
    }

    private static Map<String, String> contents(Images.Opened opened) throws Exception {
        List<FileVersion> files = new ArrayList<>();
        opened.tree().forEach(files::add);
        Map<String, String> contents = new TreeMap<>();
        for (FileVersion file : files) {
            String content = switch (file.type()) {
                case DIRECTORY -> FOLDER;
                case REGULAR -> opened.text(file);
                default -> "<device>";
            };
            contents.put(file.path().substring(1), content);
            assertThat(opened.tree().entry(file.path())).contains(file);
            assertThat(opened.tree().history(file.path()).getLast()).isEqualTo(file);
        }
        assertThat(opened.tree().size()).isEqualTo(contents.size());
        return contents;
    }
}
