package io.faregate.config.worksheet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.config.yaml.Item;
import io.faregate.config.yaml.Mapping;
import io.faregate.config.yaml.Nearest;
import io.faregate.config.yaml.Problem;
import io.faregate.config.yaml.Problem.Severity;
import io.faregate.config.yaml.Problems;
import io.faregate.config.yaml.YamlTree;
import io.faregate.worksheet.plan.Human;
import io.faregate.worksheet.plan.Route;
import io.faregate.worksheet.plan.Scenario;
import io.faregate.worksheet.plan.Worksheet;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads `worksheet.yaml` into values, and tells everything that is wrong with it at once.
public final class WorksheetReader {
  private static final int MOST_ROWS = 10_000;
  private static final int MOST_SCENARIOS = 100;

  /// What a scenario of that name could not be told from.
  private static final Map<String, String> RESERVED =
      Map.of(
          "plan", "a CSV calls the worksheet itself so", "all", "--scenario all shows every one");

  /// Ten thousand rows of eight hundred characters, and of forty keys each.
  private static final YamlTree.Bounds BOUNDS =
      new YamlTree.Bounds(
          8 << 20, 1_000_000, "a worksheet has at most %,d rows".formatted(MOST_ROWS));

  private final Problems problems;
  private final Ground ground;

  private WorksheetReader(Problems problems, Ground ground) {
    this.problems = problems;
    this.ground = ground;
  }

  /// Reads a file. One that cannot be opened is a problem like any other.
  public static WorksheetReading read(Path file, Ground ground) {
    var name = file.toString();
    try {
      if (Files.isDirectory(file)) {
        return unreadable(name, "it is a folder", "name the file in it");
      }
      if (Files.size(file) > 4L * BOUNDS.characters()) {
        return unreadable(name, "the file is larger than 32 MiB", "is this the right file?");
      }
      return read(name, Files.readString(file, UTF_8), ground);
    } catch (NoSuchFileException missing) {
      return unreadable(name, "there is no such file", "examples/worksheets has some to copy");
    } catch (CharacterCodingException other) {
      return unreadable(name, "the file is not UTF-8 text", "save it as UTF-8");
    } catch (IOException bad) {
      return unreadable(name, "the file cannot be read", "check its permissions");
    }
  }

  /// Reads a text.
  ///
  /// @param name what its problems call the file
  public static WorksheetReading read(String name, String text, Ground ground) {
    if (text.isBlank()) {
      return unreadable(name, "the file is empty", "examples/worksheets has some to copy");
    }
    var problems = new Problems(name);
    var worksheet =
        YamlTree.read(text, problems, BOUNDS)
            .map(new WorksheetReader(problems, ground)::worksheet)
            .orElse(null);
    return new WorksheetReading(problems.anyError() ? null : worksheet, problems.all());
  }

  private static WorksheetReading unreadable(String name, String message, String fix) {
    return new WorksheetReading(null, List.of(Problem.ofFile(name, message, fix)));
  }

  private @Nullable Worksheet worksheet(Mapping file) {
    var day = file.read("prices", Amounts::day, ground.prices().day());
    var prices = ground.prices().on(day);
    var targets = Targets.read(file, ground, prices);
    var actions = actions(file);
    var human = human(file.mapping("human"));
    var rows = new Rows(targets, actions);
    var items = file.require("routes", Item::list, "list what is called in a month");
    if (items != null) {
      tooMany(items.size(), MOST_ROWS, "rows", file);
      items.stream().limit(MOST_ROWS).forEach(item -> rows.read(item.mapping()));
      note(items, rows);
    }
    noteUnplanned(file, actions, rows);
    var scenarios = new LinkedHashMap<String, Scenario>();
    var reader = new Scenarios(targets, day, rows.steps());
    var section = file.mapping("scenarios");
    tooMany(section.all().size(), MOST_SCENARIOS, "scenarios", file);
    section
        .named()
        .forEach((name, item) -> {
          var taken = RESERVED.get(name);
          if (taken != null) {
            section
                .key(name)
                .error(
                    "no scenario can be named %s: %s".formatted(name, taken),
                    "give it another name");
          }
          scenarios.put(name, reader.read(item.mapping(), other -> targets.at(prices.on(other))));
        });
    file.end();
    if (problems.anyError()) {
      return null;
    }
    var worksheet = new Worksheet(day, actions, rows.routes(), human, scenarios, targets.ladder());
    refuseTooMuch(section, worksheet);
    if (!problems.anyError()) {
      worksheet.scenarios().forEach((name, other) -> warnOfIgnored(section, name, worksheet));
    }
    return worksheet;
  }

  private static void tooMany(int count, int most, String what, Mapping file) {
    if (count > most) {
      file.item()
          .error(
              "%,d %s are more than %,d".formatted(count, what, most),
              "split the worksheet, or add rows up");
    }
  }

  private static SequencedMap<String, Long> actions(Mapping file) {
    var actions = new LinkedHashMap<String, Long>();
    file.mapping("actions")
        .all()
        .forEach((workflow, item) -> {
          var calls = Amounts.calls(item);
          if (calls != null) {
            actions.put(workflow, calls);
          }
        });
    return actions;
  }

  private static Human human(Mapping file) {
    var human =
        new Human(
            file.read("per_failure", Item::money, 0L),
            file.read("per_correction", Item::money, 0L),
            file.read("completes_failed", Item::bool, false));
    file.end();
    return human;
  }

  /// What the policy lacks is no mistake: planning precedes policy.
  private void note(List<Item> items, Rows rows) {
    var policy = ground.policy();
    if (policy == null || items.size() > MOST_ROWS) {
      return;
    }
    for (var item : items) {
      if (!item.isMapping()) {
        continue;
      }
      var row = item.mapping();
      var workflow = row.item("workflow");
      var step = row.item("step");
      var name = workflow == null ? null : workflow.text();
      if (workflow == null || step == null || name == null || !rows.steps().containsKey(name)) {
        continue;
      }
      var known = policy.workflows().get(name);
      var inner = step.text();
      if (known == null) {
        workflow.report(
            Severity.NOTE,
            "the policy has no workflow %s".formatted(Item.shown(name)),
            Nearest.fix(name, new TreeSet<>(policy.workflows().keySet())));
      } else if (inner != null && !known.steps().containsKey(inner)) {
        step.report(
            Severity.NOTE,
            "the workflow %s of the policy has no step %s".formatted(name, Item.shown(inner)),
            Nearest.fix(inner, new TreeSet<>(known.steps().keySet())));
      }
    }
  }

  private static void noteUnplanned(Mapping file, Map<String, Long> actions, Rows rows) {
    for (var workflow : actions.keySet()) {
      if (!rows.steps().containsKey(workflow)) {
        file.mapping("actions")
            .key(workflow)
            .report(
                Severity.WARNING,
                "no row is of the workflow %s".formatted(Item.shown(workflow)),
                Nearest.fix(workflow, rows.steps().keySet()));
      }
    }
  }

  /// Each scenario touches every row, so they are tried on all cores.
  private static void refuseTooMuch(Mapping section, Worksheet worksheet) {
    record Refusal(String scenario, String why) {}
    var refusals =
        worksheet.scenarios().entrySet().parallelStream()
            .flatMap(named ->
                refusal(worksheet, named.getValue())
                    .map(why -> new Refusal(named.getKey(), why))
                    .stream())
            .toList();
    for (var refusal : refusals) {
      section
          .key(refusal.scenario())
          .error(
              "the scenario %s is impossible: %s".formatted(refusal.scenario(), refusal.why()),
              "use a smaller factor, or name the share itself");
    }
  }

  /// A chain has no averages, and a scenario of them would show no difference without a word.
  private static void warnOfIgnored(Mapping section, String name, Worksheet worksheet) {
    var ignored = new TreeSet<String>();
    var routes = new ArrayList<String>();
    var scenario = Objects.requireNonNull(worksheet.scenarios().get(name));
    for (var route : worksheet.routes().stream().filter(Route::isChained).toList()) {
      var figures = scenario.ignoredBy(route);
      ignored.addAll(figures);
      if (!figures.isEmpty()) {
        routes.add(route.name());
      }
    }
    if (!routes.isEmpty()) {
      section
          .key(name)
          .report(
              Severity.WARNING,
              "the scenario %s does not change %s of %s, which follow from a chain"
                  .formatted(
                      name,
                      String.join(", ", ignored),
                      routes.size() == 1
                          ? routes.getFirst()
                          : "%s and %,d more".formatted(routes.getFirst(), routes.size() - 1)),
              "change the chain in a copy of the worksheet, and compare with `worksheet diff`");
    }
  }

  private static Optional<String> refusal(Worksheet worksheet, Scenario scenario) {
    try {
      var _ = worksheet.in(scenario);
      return Optional.empty();
    } catch (IllegalArgumentException tooMuch) {
      return Optional.of(String.valueOf(tooMuch.getMessage()));
    }
  }
}
