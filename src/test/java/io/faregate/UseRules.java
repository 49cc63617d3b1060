package io.faregate;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rules of STYLE on what code may call: no clock outside `main`, no sleep and no mock in
/// tests, no SQL put together from pieces.
final class UseRules {
  private static final Set<String> CLOCK_READS =
      Set.of(
          "Instant.now",
          "System.currentTimeMillis",
          "LocalDate.now",
          "LocalDateTime.now",
          "ZonedDateTime.now",
          "OffsetDateTime.now",
          "Clock.systemUTC",
          "Clock.systemDefaultZone");

  private static final Pattern SLEEP =
      Pattern.compile(
          "Thread\\.sleep|(TimeUnit\\.)?(NANOS|MICROS|MILLIS|)(ECONDS|SECONDS|MINUTES)\\.sleep");
  private static final Pattern MOCK =
      Pattern.compile("(org\\.mockito|org\\.easymock|mockit|org\\.powermock|io\\.mockk)\\..*");
  private static final Pattern SQL =
      Pattern.compile(
          "\\b(SELECT|FROM|WHERE|ORDER BY|GROUP BY|LIMIT|VALUES|JOIN|INSERT INTO|DELETE"
              + " FROM|(CREATE|ALTER|DROP) (TABLE|VIEW|INDEX)|UPDATE \\w+ SET)\\b");
  private static final Set<String> FILLING = Set.of("formatted", "replace", "concat");

  private UseRules() {}

  /// Nothing outside the room `main` reads the clock of the machine.
  static Stream<Offence> clockOnlyInMain(SourceFile file) {
    return file.room().equals("main")
        ? Stream.of()
        : calls(file, CLOCK_READS::contains, "reads the clock; take an InstantSource or a Ticker");
  }

  /// No test sleeps: it waits for a condition, with a time-out.
  static Stream<Offence> noSleep(SourceFile file) {
    return file.path().startsWith("src/main")
        ? Stream.of()
        : calls(file, SLEEP.asMatchPredicate(), "sleeps; wait for a condition instead");
  }

  /// No mocking library is imported.
  static Stream<Offence> noMocks(SourceFile file) {
    return file.unit().getImports().stream()
        .filter(line -> MOCK.matcher(line.getQualifiedIdentifier().toString()).matches())
        .map(line -> file.offence(line, "a mock; write a fake that passes the contract"));
  }

  /// No value is pasted into SQL text. What may be pasted, such as a column from an enum, is put
  /// under `@SuppressWarnings("PastedSql")` with its reason.
  static Stream<Offence> noPastedSql(SourceFile file) {
    if (!file.path().startsWith("src/main")) {
      return Stream.of();
    }
    var scanner = new SqlScanner(file);
    scanner.scan(file.unit(), null);
    return scanner.offences.stream();
  }

  private static Stream<Offence> calls(SourceFile file, Predicate<String> refused, String why) {
    var offences = new ArrayList<Offence>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitMethodInvocation(
          MethodInvocationTree call, @Nullable Void nothing) {
        report(call, call.getMethodSelect().toString());
        return super.visitMethodInvocation(call, null);
      }

      @Override
      public @Nullable Void visitMemberReference(
          MemberReferenceTree reference, @Nullable Void nothing) {
        report(reference, reference.getQualifierExpression() + "." + reference.getName());
        return super.visitMemberReference(reference, null);
      }

      private void report(Tree tree, String call) {
        var name = call.replaceFirst("^java\\.[a-z.]*", "");
        if (refused.test(name)) {
          offences.add(file.offence(tree, name + " " + why));
        }
      }
    }.scan(file.unit(), null);
    return offences.stream();
  }

  /// Finds SQL texts, and constants of the same file that hold one, joined with something else.
  private static final class SqlScanner extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final SourceFile file;
    private final List<Offence> offences = new ArrayList<>();
    private final Set<String> sqlNames = new HashSet<>();

    SqlScanner(SourceFile file) {
      this.file = file;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
      if (allowed(type.getModifiers().getAnnotations())) {
        return null;
      }
      for (var member : type.getMembers()) {
        if (member instanceof VariableTree field && isSql(field.getInitializer())) {
          sqlNames.add(field.getName().toString());
        }
      }
      return super.visitClass(type, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
      return allowed(method.getModifiers().getAnnotations())
          ? null
          : super.visitMethod(method, null);
    }

    @Override
    public @Nullable Void visitVariable(VariableTree variable, @Nullable Void nothing) {
      return allowed(variable.getModifiers().getAnnotations())
          ? null
          : super.visitVariable(variable, null);
    }

    @Override
    public @Nullable Void visitBinary(BinaryTree sum, @Nullable Void nothing) {
      if (sum.getKind() != Tree.Kind.PLUS) {
        return super.visitBinary(sum, null);
      }
      var parts = new ArrayList<ExpressionTree>();
      collect(sum, parts);
      if (parts.stream().anyMatch(this::isSql)
          && !parts.stream().allMatch(LiteralTree.class::isInstance)) {
        report(sum);
        return null;
      }
      for (var part : parts) {
        scan(part, null);
      }
      return null;
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void nothing) {
      if (call.getMethodSelect() instanceof MemberSelectTree select) {
        boolean filled =
            FILLING.contains(select.getIdentifier().toString()) && isSql(select.getExpression());
        boolean format =
            select.toString().equals("String.format") && isSql(call.getArguments().getFirst());
        if (filled || format) {
          report(call);
        }
      }
      return super.visitMethodInvocation(call, null);
    }

    private void report(Tree tree) {
      offences.add(file.offence(tree, "SQL is put together from pieces; write one text with ?"));
    }

    private boolean isSql(@Nullable ExpressionTree expression) {
      return switch (expression) {
        case LiteralTree literal ->
            literal.getValue() instanceof String text && SQL.matcher(text).find();
        case IdentifierTree name -> sqlNames.contains(name.getName().toString());
        case ParenthesizedTree inner -> isSql(inner.getExpression());
        case null, default -> false;
      };
    }

    private static void collect(ExpressionTree expression, List<ExpressionTree> parts) {
      if (expression instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
        collect(sum.getLeftOperand(), parts);
        collect(sum.getRightOperand(), parts);
      } else {
        parts.add(expression);
      }
    }

    private static boolean allowed(List<? extends Tree> annotations) {
      return annotations.stream()
          .anyMatch(annotation -> annotation.toString().contains("\"PastedSql\""));
    }
  }
}
