package dev.holdfast.arch;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which room may use which, and what only one room may do. */
class ArchitectureTest {
    /** Fewer than there are: a rule over nothing holds always, so an empty class path must fail. */
    private static final int FEWEST_CLASSES = 300;

    /** What commands of all rooms have in common. */
    private static final String[] SHARED_BY_COMMANDS = {
        "dev.holdfast.cli.command..", "dev.holdfast.cli.given..", "dev.holdfast.cli.user.."
    };

    @Test
    void seesTheWholeProgram() {
        assertThat(Rooms.CLASSES.size()).isGreaterThan(FEWEST_CLASSES);
    }

    @Test
    void everyRoomIsInTheTable() {
        TreeSet<String> rooms = new TreeSet<>();
        for (JavaClass type : Rooms.CLASSES) {
            rooms.add(type.getPackageName().split("\\.", -1)[2]);
        }
        assertThat(Rooms.MAY_USE.keySet()).containsAll(rooms);
    }

    @Test
    void aRoomUsesOnlyTheRoomsOfItsLine() {
        for (Map.Entry<String, List<String>> line : Rooms.MAY_USE.entrySet()) {
            String[] others = Rooms.MAY_USE.keySet().stream()
                    .filter(room ->
                            !room.equals(line.getKey()) && !line.getValue().contains(room))
                    .map(Rooms::packages)
                    .toArray(String[]::new);
            if (others.length > 0) {
                noClasses()
                        .that(resideInAPackage(Rooms.packages(line.getKey())))
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(others))
                        .allowEmptyShould(true)
                        .check(Rooms.CLASSES);
            }
        }
    }

    @Test
    void roomsHaveNoCycles() {
        slices().matching(Rooms.ROOT + ".(*)..").should().beFreeOfCycles().check(Rooms.CLASSES);
    }

    /** Of the policies' language: parse, check, evaluate, over functions and values; and of those who use it. */
    @Test
    void packagesOfPolicyHaveNoCycles() {
        packagesHaveNoCycles("policy");
    }

    /** Of the search for secrets: unfold, place, search, over the catalogue and what names and values mean. */
    @Test
    void packagesOfSecretsHaveNoCycles() {
        packagesHaveNoCycles("secrets");
    }

    /** Of a scan: observe, question, judge, rule, explain, with the scanner and its report on top. */
    @Test
    void packagesOfScanHaveNoCycles() {
        packagesHaveNoCycles("scan");
    }

    /** Of what class files prove: which library it is; how Java starts, what it loads, what its code reaches. */
    @Test
    void packagesOfJvmHaveNoCycles() {
        packagesHaveNoCycles("jvm");
    }

    private static void packagesHaveNoCycles(String room) {
        slices().matching(Rooms.ROOT + ".(**)")
                .should()
                .beFreeOfCycles()
                .check(Rooms.CLASSES.that(resideInAPackage(Rooms.packages(room))));
    }

    /** Their classes are public for one another alone. */
    @Test
    void theRoomsBehindSecretsAreUsedBySecretsAlone() {
        noClasses()
                .that(resideOutsideOfPackage(Rooms.packages("secrets")))
                .and(resideOutsideOfPackage(Rooms.packages("bench")))
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.holdfast.secrets.*.."))
                .check(Rooms.CLASSES);
    }

    /** Their classes are public for one another alone. */
    @Test
    void theRoomsBehindOciAreUsedByOciAlone() {
        noClasses()
                .that(resideOutsideOfPackage(Rooms.packages("oci")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "dev.holdfast.oci.column..",
                        "dev.holdfast.oci.store..",
                        "dev.holdfast.oci.layer..",
                        "dev.holdfast.oci.tree..",
                        "dev.holdfast.oci.image.."))
                .check(Rooms.CLASSES);
    }

    @Test
    void theRoomsBehindOciStandOnOneAnother() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.holdfast.oci..")
                .layer("facade")
                .definedBy("dev.holdfast.oci")
                .layer("image")
                .definedBy("dev.holdfast.oci.image..")
                .layer("tree")
                .definedBy("dev.holdfast.oci.tree..")
                .layer("layer")
                .definedBy("dev.holdfast.oci.layer..")
                .layer("store")
                .definedBy("dev.holdfast.oci.store..")
                .whereLayer("image")
                .mayOnlyBeAccessedByLayers("facade")
                .whereLayer("tree")
                .mayOnlyBeAccessedByLayers("facade", "image")
                .whereLayer("layer")
                .mayOnlyBeAccessedByLayers("facade", "image", "tree")
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("facade", "image", "tree", "layer")
                .check(Rooms.CLASSES);
    }

    /** A command is found by its room, and a room is read alone: only the gate asks what two others ask. */
    @Test
    void theRoomsOfTheCommandLineStandOnWhatIsSharedAlone() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.holdfast.cli..")
                .layer("program")
                .definedBy("dev.holdfast.cli")
                .layer("gate")
                .definedBy("dev.holdfast.cli.gate..")
                .layer("rooms")
                .definedBy(
                        "dev.holdfast.cli.image..",
                        "dev.holdfast.cli.posture..",
                        "dev.holdfast.cli.runtime..",
                        "dev.holdfast.cli.server..",
                        "dev.holdfast.cli.knowledge..",
                        "dev.holdfast.cli.version..",
                        "dev.holdfast.cli.completion..")
                .layer("given")
                .definedBy("dev.holdfast.cli.given..")
                .layer("user")
                .definedBy("dev.holdfast.cli.user..")
                .layer("command")
                .definedBy("dev.holdfast.cli.command..")
                .whereLayer("program")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("gate")
                .mayOnlyBeAccessedByLayers("program")
                .whereLayer("rooms")
                .mayOnlyBeAccessedByLayers("program", "gate")
                .whereLayer("given")
                .mayOnlyBeAccessedByLayers("gate", "rooms")
                .whereLayer("user")
                .mayOnlyBeAccessedByLayers("gate", "rooms", "given")
                .ensureAllClassesAreContainedInArchitectureIgnoring(resideOutsideOfPackage("dev.holdfast.cli.."))
                .check(Rooms.CLASSES);
        slices().matching("dev.holdfast.cli.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(alwaysTrue(), resideInAnyPackage(SHARED_BY_COMMANDS))
                .ignoreDependency(resideInAPackage("dev.holdfast.cli.gate.."), alwaysTrue())
                .check(Rooms.CLASSES);
    }

    @Test
    void onlyCliSpeaksAndExits() {
        noClasses()
                .that(not(resideInAnyPackage(Rooms.packages("cli"), Rooms.packages("dist"))))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(Rooms.CLASSES);
    }

    /**
     * A report is a function of its inputs: the day is handed in, from the command line down. The sensor tells when something happened, and
     * the kernel counts from the machine's start.
     */
    @Test
    void onlyCliReadsTheClock() {
        noClasses()
                .that(not(resideInAnyPackage(Rooms.packages("cli"), Rooms.packages("dist"), Rooms.packages("sensor"))))
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.time.LocalDate.class, "now")
                .orShould()
                .callMethod(java.time.LocalDate.class, "now", java.time.ZoneId.class)
                .check(Rooms.CLASSES);
    }

    @Test
    void foreignMemoryLivesInOnePackagePerLibrary() {
        noClasses()
                .that(not(resideInAnyPackage(
                        "dev.holdfast.advisory.base..",
                        "dev.holdfast.archive.igzip..",
                        "dev.holdfast.sensor.libbpf..",
                        "dev.holdfast.sensor.feed..")))
                .should()
                .dependOnClassesThat(resideInAPackage("java.lang.foreign.."))
                .check(Rooms.CLASSES);
    }

    /** What would make starting slow, or let hostile bytes choose a class. */
    @Test
    void noLoggingReflectionServicesOrSerialisation() {
        noClasses()
                // It names the JDK's only way to hear a signal, which has no supported API, in fixed words.
                .that(not(name("dev.holdfast.cli.runtime.WatchSignals")))
                // It silences the logging of the server's libraries.
                .and(not(name("dev.holdfast.server.ServerLog")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "java.util.logging..",
                        "org.slf4j..",
                        "com.fasterxml.jackson.databind..",
                        "java.lang.reflect.."))
                .orShould()
                .callMethod(Class.class, "forName", String.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.util.ServiceLoader.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.io.ObjectInputStream.class)
                .check(Rooms.CLASSES);
    }

    /** A capability's signatures hold only JDK, JSpecify and our own types, so that a library can be replaced behind them. */
    @Test
    void librariesStayBehindOurOwnTypes() {
        com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .and()
                .areDeclaredInClassesThat(not(resideInAPackage(Rooms.packages("cli"))))
                .should()
                .haveRawReturnType(
                        resideInAnyPackage("com.fasterxml..", "org.snakeyaml..", "io.airlift..", "org.tukaani.."))
                .check(Rooms.CLASSES);
    }
}
