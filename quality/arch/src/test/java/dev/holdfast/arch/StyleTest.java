package dev.holdfast.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What the style asks of every class. */
class StyleTest {
    /** Endings that say nothing about what a class is. AdvisoryBase is one: "base" is what the domain calls it. */
    private static final Pattern EMPTY_NAME =
            Pattern.compile(".*(Manager|Helper|Utils?|Impl|(?<!^Advisory)Base|Data|Info|Processor)$");

    /** What the format or the thing is called where it comes from. */
    private static final Set<String> NAMES_OF_FORMATS =
            Set.of("UpdateInfo", "DistroInfo", "RedHatSecurityData", "AdvisoryBase", "CompiledBase");

    @Test
    void everyPackageIsNullMarked() {
        TreeSet<String> unmarked = new TreeSet<>();
        for (JavaClass type : Rooms.CLASSES) {
            if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                unmarked.add(type.getPackageName());
            }
        }
        assertThat(unmarked).isEmpty();
    }

    @Test
    void namesSayWhatAClassIs() {
        TreeSet<String> empty = new TreeSet<>();
        for (JavaClass type : Rooms.CLASSES) {
            String name = type.getSimpleName();
            if (EMPTY_NAME.matcher(name).matches() && !NAMES_OF_FORMATS.contains(name)) {
                empty.add(type.getName());
            }
        }
        assertThat(empty).isEmpty();
    }

    /** Return an Optional, never accept one; a record may hold one. */
    @Test
    void noPublicMethodTakesAnOptional() {
        List<String> takers = new ArrayList<>();
        for (JavaClass type : Rooms.CLASSES) {
            for (JavaMethod method : type.getMethods()) {
                boolean isVisible = type.getModifiers().contains(JavaModifier.PUBLIC)
                        && method.getModifiers().contains(JavaModifier.PUBLIC);
                boolean takesOptional =
                        method.getRawParameterTypes().stream().anyMatch(raw -> raw.isEquivalentTo(Optional.class));
                if (isVisible && takesOptional && !type.isRecord()) {
                    takers.add(method.getFullName());
                }
            }
        }
        assertThat(takers).isEmpty();
    }

    /** Only an exception of our own may call the constructor of its parent. */
    @Test
    void noBareRuntimeException() {
        for (Class<?>[] parameters :
                List.of(new Class<?>[] {String.class}, new Class<?>[] {String.class, Throwable.class}, new Class<?>[] {
                    Throwable.class
                })) {
            noClasses()
                    .that()
                    .areNotAssignableTo(RuntimeException.class)
                    .should()
                    .callConstructor(RuntimeException.class, parameters)
                    .check(Rooms.CLASSES);
        }
    }
}
