package dev.holdfast.fuzz;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Without arguments lists the targets, {@code Class#method} a line; with one runs it, which fuzzes where {@code JAZZER_FUZZ=1} is set. The exit code is 1
 * when something was found. {@code quality/fuzz/run.sh} calls this: one process a target, since Jazzer fuzzes one in a process.
 */
public final class FuzzOne {
    private FuzzOne() {}

    public static void main(String[] args) throws Exception {
        if (args.length == 0) {
            list();
            return;
        }
        String[] target = args[0].split("#", 2);
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        Launcher launcher = LauncherFactory.create();
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(
                                selectMethod(Class.forName("dev.holdfast.fuzz." + target[0]), target[1], byte[].class))
                        .build(),
                summary);
        summary.getSummary().printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8), 30);
        System.exit(
                summary.getSummary().getTotalFailureCount() == 0
                                && summary.getSummary().getTestsFoundCount() > 0
                        ? 0
                        : 1);
    }

    private static void list() {
        LauncherDiscoveryRequest all = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectPackage("dev.holdfast.fuzz"))
                .build();
        TestPlan plan = LauncherFactory.create().discover(all);
        TreeSet<String> targets = new TreeSet<>();
        plan.accept(new TestPlan.Visitor() {
            @Override
            public void visit(org.junit.platform.launcher.TestIdentifier identifier) {
                identifier
                        .getSource()
                        .filter(MethodSource.class::isInstance)
                        .map(MethodSource.class::cast)
                        .filter(source -> isTarget(source.getJavaMethod()))
                        .ifPresent(source ->
                                targets.add(source.getJavaClass().getSimpleName() + "#" + source.getMethodName()));
            }
        });
        targets.forEach(System.out::println);
    }

    private static boolean isTarget(Method method) {
        return method.isAnnotationPresent(FuzzTest.class);
    }
}
