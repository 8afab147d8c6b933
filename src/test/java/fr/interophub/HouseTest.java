package fr.interophub;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The plan of the house")
class HouseTest {

    private static final String ROOT = "fr.interophub";

    private static final JavaClasses HUB = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    static Stream<JavaPackage> rooms() {
        return HUB.getPackage(ROOT).getSubpackages().stream();
    }

    @DisplayName("a room says what it is for, and which rooms it may know")
    @ParameterizedTest(name = "{0}")
    @MethodSource("rooms")
    void everyRoomHasADoor(JavaPackage room) {
        assertThat(room.isAnnotatedWith(Room.class))
                .as("%s/package-info.java carries @Room", room.getRelativeName())
                .isTrue();
    }

    @DisplayName("a room knows only the rooms that its package-info names")
    @ParameterizedTest(name = "{0}")
    @MethodSource("rooms")
    void knowsOnlyWhatItSays(JavaPackage room) {
        Set<String> allowed = Set.of(room.getAnnotationOfType(Room.class).mayKnow());
        Set<String> intrusions = new TreeSet<>();
        for (JavaClass inside : room.getClassesInPackageTree()) {
            inside.getDirectDependenciesFromSelf().forEach(dependency -> {
                String other = roomOf(dependency.getTargetClass());
                if (other != null && !other.equals(room.getRelativeName()) && !allowed.contains(other)) {
                    intrusions.add(inside.getSimpleName() + " -> " + other + "."
                            + dependency.getTargetClass().getSimpleName());
                }
            });
        }
        assertThat(intrusions)
                .as("%s may know %s only", room.getRelativeName(), allowed)
                .isEmpty();
    }

    private static String roomOf(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(ROOT + ".") ? name.substring(ROOT.length() + 1).split("\\.")[0] : null;
    }

    @Test
    @DisplayName("routes carry, rooms decide: only transport speaks Camel")
    void onlyTransportSpeaksCamel() {
        noClasses()
                .that()
                .resideOutsideOfPackage("fr.interophub.transport..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.camel..")
                .because("a rule must be testable with no route running")
                .check(HUB);
    }

    @Test
    @DisplayName("the rules of the protocol need no Spring")
    void rulesNeedNoSpring() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "fr.interophub.catalogue..",
                        "fr.interophub.cycle..",
                        "fr.interophub.acces..",
                        "fr.interophub.sav..",
                        "fr.interophub.prevenance..",
                        "fr.interophub.infra..")
                .and()
                .haveSimpleNameNotEndingWith("Wiring")
                .and()
                .haveSimpleNameNotStartingWith("Jdbc")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .because("tables and rules are tried in milliseconds")
                .check(HUB);
    }
}
