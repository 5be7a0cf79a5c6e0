package io.github.camelonedrive.backup;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The public types and members of a library, without those in packages named {@code internal}. */
final class PublicApi {

    private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");

    private PublicApi() {
    }

    /**
     * Returns a line for each type, followed by a line for each of its members, with simple names.
     *
     * @param rootPackages the packages to read, with the packages below them
     */
    static List<String> of(String... rootPackages) {
        return new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(rootPackages).stream()
                .filter(type -> !type.getPackageName().matches(".*\\.internal(\\..*)?"))
                .map(JavaClass::reflect).filter(PublicApi::isPublic)
                .sorted(Comparator.comparing(Class::getName))
                .flatMap(type -> Stream.concat(Stream.of(type.getName() + ": " + kind(type)), members(type).sorted()))
                .toList();
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers()) && !type.isAnonymousClass()
                && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
    }

    private static Stream<String> members(Class<?> type) {
        Stream<String> fields = Arrays.stream(type.getDeclaredFields()).filter(PublicApi::isVisible)
                .map(Field::toGenericString);
        Stream<String> constructors = Arrays.stream(type.getDeclaredConstructors()).filter(PublicApi::isVisible)
                .map(Constructor::toGenericString);
        Stream<String> methods = Arrays.stream(type.getDeclaredMethods()).filter(PublicApi::isVisible)
                .filter(method -> !method.isBridge() && !OF_EVERY_OBJECT.contains(method.getName()))
                .map(Method::toGenericString);
        return Stream.of(fields, constructors, methods).flatMap(all -> all)
                .map(member -> "    " + member.replace(type.getName() + ".", "").replace("synchronized ", "")
                        .replaceAll("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])", ""));
    }

    private static String kind(Class<?> type) {
        String kind = type.isRecord() ? "record" : type.isEnum() ? "enum" : type.isAnnotation() ? "annotation"
                : type.isInterface() ? "interface" : "class";
        String modifier = Modifier.isFinal(type.getModifiers()) ? "final "
                : Modifier.isAbstract(type.getModifiers()) && !type.isInterface() ? "abstract " : "";
        Class<?> parent = type.getSuperclass();
        boolean named = parent != null && !Set.of(Object.class, Enum.class, Record.class).contains(parent);
        String interfaces = Arrays.stream(type.getInterfaces()).map(Class::getName).sorted().collect(Collectors.joining(", "));
        return modifier + kind + (named ? " extends " + parent.getName() : "")
                + (interfaces.isEmpty() ? "" : " implements " + interfaces);
    }

    private static boolean isVisible(Member member) {
        return (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0 && !member.isSynthetic();
    }
}
