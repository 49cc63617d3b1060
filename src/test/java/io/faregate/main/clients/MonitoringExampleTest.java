package io.faregate.main.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.gateway.Alert;
import io.faregate.main.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.json.JsonMapper;

/// `examples/monitoring`: rules of alerts and a dashboard ask for what `/metrics` has.
class MonitoringExampleTest {
  private static final Path EXAMPLES = Path.of("examples/monitoring");
  private static final Pattern NAME = Pattern.compile("faregate_[a-z_]+");
  private static final Pattern INCREASE = Pattern.compile("increase\\((faregate_[a-z_]+)");
  private static final String CALL =
      "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}";

  @TempDir private Path data;

  @Test
  void asksForNothingThatTheMetricsLack() throws IOException {
    var asked = new TreeSet<String>();
    asked.addAll(named(expressions("alerts.yaml", yaml("alerts.yaml"))));
    asked.addAll(named(expressions("dashboard.json", json("dashboard.json"))));

    assertThat(served()).containsAll(asked);
    assertThat(asked).hasSizeGreaterThan(20);
  }

  /// A counter that begins with its first increase has none for Prometheus.
  @Test
  void eachCounterWhoseIncreaseIsAnAlertShowsBeforeIt() throws IOException {
    var rules = expressions("alerts.yaml", yaml("alerts.yaml"));
    var counters = INCREASE.matcher(rules).results().map(found -> found.group(1)).toList();

    assertThat(counters).isNotEmpty();
    try (var lab = new Lab(data, List.of("alpha", "beta"), Lab.POLICY)) {
      assertThat(named(lab.metrics())).containsAll(counters);
      assertThat(lab.metrics())
          .contains(
              Stream.of(Alert.values())
                  .map(alert -> "faregate_alerts_total{what=\"%s\"} 0.0".formatted(alert.word()))
                  .toArray(String[]::new));
    }
  }

  /// One call answered, one refused by us, and one by every provider, which is an alert.
  private Set<String> served() {
    var policy = Lab.POLICY + "limits: { monthly_budget: $100, premium_share: 20% }\n";
    try (var lab = new Lab(data, List.of("alpha", "beta"), policy)) {
      for (var content : List.of("hello", "[[sim:status=401]]")) {
        var _ = lab.chat(CALL.formatted("task/faq", content));
      }
      assertThat(lab.chat(CALL.formatted("task/none", "hello")).statusCode()).isEqualTo(400);
      assertThat(lab.ledger().watermark()).isNotNull();

      return named(lab.metrics());
    }
  }

  private static Set<String> named(String text) {
    return NAME.matcher(text).results().map(MatchResult::group).collect(toCollection(TreeSet::new));
  }

  private static String expressions(String file, Object content) {
    var expressions = new StringBuilder();
    collect(content, expressions);
    assertThat(expressions).as(file).isNotEmpty();
    return expressions.toString();
  }

  private static void collect(Object node, StringBuilder expressions) {
    switch (node) {
      case Map<?, ?> map -> {
        if (map.get("expr") instanceof String expression) {
          expressions.append(expression).append('\n');
        }
        map.values().forEach(value -> collect(value, expressions));
      }
      case List<?> list -> list.forEach(value -> collect(value, expressions));
      default -> {} // a leaf
    }
  }

  private static Object yaml(String file) throws IOException {
    return new Load(LoadSettings.builder().build()).loadFromString(text(file));
  }

  private static Object json(String file) throws IOException {
    return JsonMapper.shared().readValue(text(file), Object.class);
  }

  private static String text(String file) throws IOException {
    return Files.readString(EXAMPLES.resolve(file), UTF_8);
  }
}
