package io.faregate;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rule of STYLE section 3: names say what a thing is, in the product's own words.
final class NameRules {
  private static final Set<String> FILLER =
      Set.of(
          "Impl",
          "Manager",
          "Util",
          "Utils",
          "Common",
          "Dto",
          "Info",
          "Data",
          "Processor",
          "Wrapper",
          "Helper",
          "Helpers");

  private static final Set<String> FILLER_AT_START = Set.of("Abstract", "Base");

  /// Words for which the product has another one.
  private static final Set<String> FOREIGN =
      Set.of(
          "reservation",
          "reservations",
          "quota",
          "quotas",
          "backend",
          "backends",
          "upstream",
          "verdict",
          "verdicts");

  /// Words of PRODUCT that contain a refused one: its section 4 has a data port.
  private static final Set<String> PRODUCT_WORDS = Set.of("DataPort");

  private static final Pattern EMPTY_VERB = Pattern.compile("process([A-Z].*)?|do[A-Z].*");
  private static final Pattern INTERFACE_PREFIX = Pattern.compile("I[A-Z][a-z].*");

  private NameRules() {}

  /// No type or method has a refused word in its name; one that a library chose is not ours.
  static Stream<Offence> speakingNames(SourceFile file) {
    var offences = new ArrayList<Offence>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
        typeFaults(type).forEach(fault -> offences.add(file.offence(type, fault)));
        return super.visitClass(type, null);
      }

      @Override
      public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
        if (!ShapeRules.overrides(method)) {
          methodFaults(method.getName().toString())
              .forEach(fault -> offences.add(file.offence(method, fault)));
        }
        return super.visitMethod(method, null);
      }
    }.scan(file.unit(), null);
    return offences.stream();
  }

  private static Stream<String> typeFaults(ClassTree type) {
    var name = type.getSimpleName().toString();
    var words = words(name);
    if (PRODUCT_WORDS.contains(name) || name.isEmpty()) {
      return Stream.of();
    }
    if (type.getKind() == Tree.Kind.INTERFACE && INTERFACE_PREFIX.matcher(name).matches()) {
      return Stream.of("%s: an interface is named by its role, without a prefix".formatted(name));
    }
    if (FILLER_AT_START.contains(words.getFirst())) {
      return Stream.of("%s: %s is filler".formatted(name, words.getFirst()));
    }
    return refusedWords(name, words);
  }

  private static Stream<String> methodFaults(String name) {
    if (EMPTY_VERB.matcher(name).matches()) {
      return Stream.of("%s: say what is done".formatted(name));
    }
    return refusedWords(name, words(name));
  }

  private static Stream<String> refusedWords(String name, List<String> words) {
    return words.stream()
        .filter(word -> FILLER.contains(word) || FOREIGN.contains(lower(word)))
        .map(word ->
            "%s: %s is %s"
                .formatted(
                    name, word, FILLER.contains(word) ? "filler" : "not a word of the product"));
  }

  /// The words of a name in camel case: `HttpUrlOf` is Http, Url, Of.
  private static List<String> words(String name) {
    return List.of(name.split("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", -1));
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
