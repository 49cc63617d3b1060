package io.faregate;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.summingInt;
import static java.util.stream.Collectors.toList;

import com.sun.source.tree.ClassTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The rules of STYLE that need more than one file: packages and resources.
final class PackageRules {
  private static final int MAX_TYPES = 20;
  private static final String PACKAGE_INFO = "package-info.java";
  private static final Pattern SENTENCE_WITHIN = Pattern.compile("[.!?]\\s+\\p{Lu}");

  /// Resources that a library finds by their own names.
  private static final Pattern KNOWN_TO_LIBRARIES =
      Pattern.compile("(.*/)?(logback\\.xml|META-INF/.*)");

  private PackageRules() {}

  /// No package holds more than 20 types beside each other, its tests counted apart.
  static Stream<Offence> smallPackages(List<SourceFile> files) {
    return files.stream()
        .collect(
            groupingBy(file -> folder(file.path()), TreeMap::new, summingInt(PackageRules::types)))
        .entrySet()
        .stream()
        .filter(folder -> folder.getValue() > MAX_TYPES)
        .map(folder ->
            new Offence(
                folder.getKey(),
                1,
                "%d types, more than %d: this room is two"
                    .formatted(folder.getValue(), MAX_TYPES)));
  }

  /// Each package says what it is, in one place, in one sentence, and is `@NullMarked`.
  static Stream<Offence> describedPackages(List<SourceFile> files) {
    var packages =
        files.stream()
            .filter(file -> !file.packageName().isEmpty())
            .collect(groupingBy(SourceFile::packageName, TreeMap::new, toList()));
    return packages.values().stream().flatMap(PackageRules::descriptionFaults);
  }

  /// Each resource is named by something under `src/main` other than itself.
  static Stream<Offence> usedResources(Map<Path, String> main) {
    return main.keySet().stream()
        .filter(path -> path.startsWith("src/main/resources"))
        .filter(path -> !KNOWN_TO_LIBRARIES.matcher(path.toString()).matches())
        .filter(path ->
            main.entrySet().stream()
                .noneMatch(
                    other -> !other.getKey().equals(path) && other.getValue().contains(name(path))))
        .map(path -> new Offence(path, 1, "nothing under src/main names this file"));
  }

  private static Stream<Offence> descriptionFaults(List<SourceFile> files) {
    var descriptions = files.stream().filter(file -> file.fileName().equals(PACKAGE_INFO)).toList();
    if (descriptions.size() != 1) {
      var folder = folder(files.getFirst().path());
      return Stream.of(
          new Offence(
              folder, 1, "%d files package-info.java, not one".formatted(descriptions.size())));
    }
    var description = descriptions.getFirst();
    return Stream.of(
            Map.entry("not @NullMarked", (Predicate<SourceFile>) PackageRules::isNullMarked),
            Map.entry(
                "not described in one /// sentence",
                (Predicate<SourceFile>) PackageRules::hasOneSentence))
        .filter(rule -> !rule.getValue().test(description))
        .map(rule -> new Offence(description.path(), 1, rule.getKey()));
  }

  private static boolean isNullMarked(SourceFile file) {
    return file.unit().getPackageAnnotations().stream()
        .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("NullMarked"));
  }

  private static boolean hasOneSentence(SourceFile file) {
    var text =
        file.lines().stream()
            .filter(line -> line.startsWith("///"))
            .map(line -> line.substring(3).strip())
            .collect(joining(" "));
    return text.endsWith(".") && !SENTENCE_WITHIN.matcher(text).find();
  }

  private static int types(SourceFile file) {
    return Math.toIntExact(
        file.unit().getTypeDecls().stream().filter(ClassTree.class::isInstance).count());
  }

  private static Path folder(Path path) {
    return Objects.requireNonNullElse(path.getParent(), Path.of(""));
  }

  private static String name(Path path) {
    return Objects.toString(path.getFileName());
  }
}
