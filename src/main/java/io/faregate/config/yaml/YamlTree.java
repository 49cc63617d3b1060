package io.faregate.config.yaml;

import io.faregate.config.yaml.Problem.Severity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads YAML text into nodes that know their place, and refuses whatever could make the reader
/// work without end or build an object: size, depth, repetition by alias, and tags are bounded.
public final class YamlTree {
  /// The longest text that is read, in characters.
  public static final int MAX_CHARACTERS = 1 << 20;

  private YamlTree() {}

  /// How large a text may be.
  ///
  /// @param nodes after every alias is written out
  /// @param fix what to do about a larger one
  public record Bounds(int characters, int nodes, String fix) {
    /// A file of the longest size has fewer nodes without aliases.
    static final Bounds POLICY =
        new Bounds(
            MAX_CHARACTERS, 600_000, "a policy is a few hundred lines; is this the right file?");
  }

  /// The mapping that the text holds. If it holds none, or is not safe to read, the problems say so
  /// and the answer is empty.
  public static Optional<Mapping> read(String text, Problems problems) {
    return read(text, problems, Bounds.POLICY);
  }

  /// The same of a text that may be of another size.
  public static Optional<Mapping> read(String text, Problems problems, Bounds bounds) {
    if (text.length() > bounds.characters()) {
      problems.error("the file has more than " + bounds.characters() + " characters", bounds.fix());
      return Optional.empty();
    }
    var root = compose(text, problems, bounds);
    if (root == null) {
      return Optional.empty();
    }
    var file = new Item(root, problems);
    var mapping = file.mapping();
    return file.isMapping() ? Optional.of(mapping) : Optional.empty();
  }

  private static @Nullable Node compose(String text, Problems problems, Bounds bounds) {
    var settings =
        LoadSettings.builder()
            .setLabel(problems.file())
            .setCodePointLimit(bounds.characters())
            .build();
    try {
      var parser = new ParserImpl(settings, new StreamReader(settings, text));
      var root = new TreeComposer(parser, problems, bounds).document();
      if (root.isEmpty()) {
        problems.error("the file is empty", "`faregate init` writes one to start from");
      }
      return root.orElse(null);
    } catch (TreeComposer.RefusedException unsafe) {
      return null;
    } catch (MarkedYamlEngineException bad) {
      var mark = bad.getProblemMark().or(bad::getContextMark);
      problems.add(mark, Severity.ERROR, "not YAML: " + sentence(bad), fix(bad));
    } catch (YamlEngineException bad) {
      problems.error("not YAML: " + bad.getMessage(), "see https://yaml.org/spec");
    }
    return null;
  }

  /// The library's words, but for a piece of the file that it quotes: it may be half of a key.
  private static String sentence(MarkedYamlEngineException bad) {
    var problem = String.valueOf(bad.getProblem()).replaceFirst("(tag handle) .*", "$1");
    return bad.getContext() == null ? problem : problem + " " + bad.getContext();
  }

  private static String fix(MarkedYamlEngineException bad) {
    var problem = String.valueOf(bad.getProblem());
    if (problem.contains("TAB")) {
      return "indent with spaces, never with tabs";
    }
    if (problem.contains("mapping values are not allowed")) {
      return "quote text that holds \": \", or check the indentation";
    }
    return "check indentation, quotes and brackets here and in the line before";
  }
}
