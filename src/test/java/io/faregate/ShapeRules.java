package io.faregate;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rules of STYLE on the size of a method: its length, its parameters, its depth.
final class ShapeRules {
  private static final int MAX_LINES = 70;
  private static final int MAX_PARAMETERS = 4;
  private static final int MAX_DEPTH = 3;

  private ShapeRules() {}

  /// No method or constructor is longer than 70 lines, from its name to its closing brace.
  static Stream<Offence> briefMethods(SourceFile file) {
    return methods(file).stream()
        .filter(method -> method.getBody() != null)
        .filter(method -> lines(file, method) > MAX_LINES)
        .map(method ->
            file.offence(
                method,
                "%s has %d lines, more than %d"
                    .formatted(method.getName(), lines(file, method), MAX_LINES)));
  }

  /// No method takes more than four parameters; constructors, records, what a library declares and
  /// tests fed by the rows of a table may.
  static Stream<Offence> fewParameters(SourceFile file) {
    return methods(file).stream()
        .filter(method -> method.getReturnType() != null)
        .filter(method -> !overrides(method) && !isAnnotated(method, "ParameterizedTest"))
        .filter(method -> method.getParameters().size() > MAX_PARAMETERS)
        .map(method ->
            file.offence(
                method,
                "%s takes %d parameters, more than %d: a record is missing"
                    .formatted(method.getName(), method.getParameters().size(), MAX_PARAMETERS)));
  }

  /// No statement stands deeper than three levels inside its method; `else if` is one level.
  static Stream<Offence> shallow(SourceFile file) {
    var scanner = new DepthScanner(file);
    scanner.scan(file.unit(), 0);
    return scanner.offences.stream();
  }

  /// All methods and constructors of a file, those of nested types too.
  static List<MethodTree> methods(SourceFile file) {
    var methods = new ArrayList<MethodTree>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
        methods.add(method);
        return super.visitMethod(method, null);
      }
    }.scan(file.unit(), null);
    return methods;
  }

  /// Whether a method's name and parameters were chosen elsewhere.
  static boolean overrides(MethodTree method) {
    return isAnnotated(method, "Override");
  }

  private static boolean isAnnotated(MethodTree method, String name) {
    return method.getModifiers().getAnnotations().stream()
        .anyMatch(annotation -> annotation.getAnnotationType().toString().equals(name));
  }

  private static long lines(SourceFile file, MethodTree method) {
    return file.lastLine(method) - file.firstLine(method) + 1;
  }

  /// Counts the statements around each statement; a type inside a method starts again at zero.
  private static final class DepthScanner extends TreeScanner<@Nullable Void, Integer> {
    private final SourceFile file;
    private final List<Offence> offences = new ArrayList<>();

    DepthScanner(SourceFile file) {
      this.file = file;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, Integer depth) {
      return super.visitClass(type, 0);
    }

    @Override
    public @Nullable Void visitIf(IfTree statement, Integer depth) {
      scan(statement.getCondition(), depth);
      scan(statement.getThenStatement(), deeper(statement, depth));
      boolean chained = statement.getElseStatement() instanceof IfTree;
      return scan(statement.getElseStatement(), chained ? depth : depth + 1);
    }

    @Override
    public @Nullable Void visitForLoop(ForLoopTree statement, Integer depth) {
      return super.visitForLoop(statement, deeper(statement, depth));
    }

    @Override
    public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree statement, Integer depth) {
      return super.visitEnhancedForLoop(statement, deeper(statement, depth));
    }

    @Override
    public @Nullable Void visitWhileLoop(WhileLoopTree statement, Integer depth) {
      return super.visitWhileLoop(statement, deeper(statement, depth));
    }

    @Override
    public @Nullable Void visitDoWhileLoop(DoWhileLoopTree statement, Integer depth) {
      return super.visitDoWhileLoop(statement, deeper(statement, depth));
    }

    @Override
    public @Nullable Void visitSwitch(SwitchTree statement, Integer depth) {
      return super.visitSwitch(statement, deeper(statement, depth));
    }

    @Override
    public @Nullable Void visitSwitchExpression(SwitchExpressionTree expression, Integer depth) {
      return super.visitSwitchExpression(expression, deeper(expression, depth));
    }

    @Override
    public @Nullable Void visitTry(TryTree statement, Integer depth) {
      return super.visitTry(statement, deeper(statement, depth));
    }

    @Override
    public @Nullable Void visitSynchronized(SynchronizedTree statement, Integer depth) {
      return super.visitSynchronized(statement, deeper(statement, depth));
    }

    private int deeper(Tree tree, int depth) {
      if (depth == MAX_DEPTH) {
        offences.add(
            file.offence(
                tree,
                "nested deeper than %d levels: the inside wants a name".formatted(MAX_DEPTH)));
      }
      return depth + 1;
    }
  }
}
