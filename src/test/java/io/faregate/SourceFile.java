package io.faregate;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// One Java file as text and as the syntax tree that javac parsed from it, without types.
record SourceFile(Path path, String text, CompilationUnitTree unit, SourcePositions positions) {
  List<String> lines() {
    return text.lines().toList();
  }

  String fileName() {
    return Objects.toString(path.getFileName());
  }

  /// The source root, such as `src/main`, and `bench` for the scripts that are outside all
  /// packages.
  Path root() {
    return path.subpath(0, Math.min(2, path.getNameCount() - 1));
  }

  /// The package's name, empty for a file without one.
  String packageName() {
    return Objects.toString(unit.getPackageName(), "");
  }

  /// The word after `io.faregate.`, empty outside the rooms.
  String room() {
    var words = packageName().split("\\.", -1);
    return words.length > 2 ? words[2] : "";
  }

  long firstLine(Tree tree) {
    return lineAt(positions.getStartPosition(unit, tree));
  }

  long lastLine(Tree tree) {
    return lineAt(positions.getEndPosition(unit, tree) - 1);
  }

  Offence offence(Tree tree, String message) {
    return new Offence(path, firstLine(tree), message);
  }

  private long lineAt(long position) {
    return position < 0 ? 1 : unit.getLineMap().getLineNumber(position);
  }
}
