package io.faregate;

import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// The project's own Java files, each read and parsed once.
final class SourceTree {
  private static final List<Path> ROOTS =
      List.of(Path.of("src/main"), Path.of("src/test"), Path.of("src/jmh"), Path.of("bench"));

  private SourceTree() {}

  /// Every Java file under the source roots of the working folder, in order of path.
  static List<SourceFile> read() {
    return parse(
        ROOTS.stream()
            .flatMap(root -> files(root).stream())
            .filter(path -> path.toString().endsWith(".java"))
            .map(path -> new Text(path, textOf(path)))
            .toList());
  }

  /// One file that exists only in a test.
  static SourceFile snippet(String path, String text) {
    return parse(List.of(new Text(Path.of(path), text))).getFirst();
  }

  /// The regular files under a folder, in order; none if there is no such folder.
  static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("list " + folder, e);
    }
  }

  /// A file as UTF-8 text; what is not UTF-8, as in an image, becomes replacement characters.
  static String textOf(Path path) {
    try {
      return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("read " + path, e);
    }
  }

  private static List<SourceFile> parse(List<Text> texts) {
    var problems = new DiagnosticCollector<JavaFileObject>();
    var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "needs a JDK");
    var task =
        (JavacTask) compiler.getTask(null, null, problems, List.of("-proc:none"), null, texts);
    var positions = Trees.instance(task).getSourcePositions();
    var parsed = new ArrayList<SourceFile>();
    try {
      for (var unit : task.parse()) {
        var source = unit.getSourceFile();
        var path = Path.of(source.toUri().getPath().substring(1));
        parsed.add(new SourceFile(path, source.getCharContent(true).toString(), unit, positions));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("parse the sources", e);
    }
    problems.getDiagnostics().stream()
        .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
        .findFirst()
        .ifPresent(problem -> {
          throw new IllegalStateException("does not parse: " + problem);
        });
    return List.copyOf(parsed);
  }

  /// A file in memory, as javac wants it.
  private static final class Text extends SimpleJavaFileObject {
    private final String content;

    Text(Path path, String content) {
      super(URI.create("text:///" + path.toString().replace('\\', '/')), Kind.SOURCE);
      this.content = content;
    }

    @Override
    public String getCharContent(boolean ignoreEncodingErrors) {
      return content;
    }
  }
}
