package io.faregate.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.admin.SampleServer;
import io.faregate.audit.Document;
import io.faregate.cli.Shell;
import io.faregate.cli.report.Moment;
import io.faregate.cli.report.TopText;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopTest {
  private static final Instant AT = Instant.parse("2026-11-24T12:00:00Z");

  @Test
  void countsTheCallsOfTheLastMinute() {
    assertThat(moment(calls(90, 500), 1).callsPerSecond()).isEqualByComparingTo("1.5");
    assertThat(moment(List.of(), 1).callsPerSecond()).isEqualByComparingTo("0");
  }

  @Test
  void countsOverTheReachOfTheLatestCallsWhenTheyAreTooMany() {
    assertThat(moment(calls(Moment.CALLS, 100), 1).callsPerSecond()).isEqualByComparingTo("10");
    assertThat(moment(calls(Moment.CALLS, 0), 1).callsPerSecond()).isEqualByComparingTo("200");
  }

  @Test
  void theSlowestCallsComeFirstAndRefusalsAreCountedByTheirCode() {
    var moment = moment(calls(30, 100), 1);

    assertThat(moment.slowest(2))
        .extracting(call -> call.number("duration_ms"))
        .containsExactly(29L, 28L);
    assertThat(moment.refused().number("faregate_limit")).isEqualTo(3);
  }

  @Test
  void fitsOnASmallScreenHoweverManyLimitsThereAre() {
    for (var limits : List.of(0, 1, 7, 8, 40)) {
      var lines = text(moment(calls(Moment.CALLS, 100), limits));

      assertThat(lines).as("%d limits", limits).hasSizeLessThanOrEqualTo(23);
      assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
      assertThat(lines.getLast()).contains("call_");
    }
    assertThat(text(moment(calls(1, 0), 40))).contains("and 29 with more room");
  }

  @Test
  void saysSinceWhenItCountsAsTheReviewIsOfWholeQuarters() {
    assertThat(text(moment(calls(1, 0), 1)))
        .anyMatch(line -> line.startsWith("since 10:45  1 call, "))
        .anyMatch(line -> line.matches("fallbacks +none since 10:45"));
  }

  @Test
  void keysShowHelpAndQuit() {
    var drawn = live("?q", () -> moment(calls(1, 0), 1));

    assertThat(drawn).contains("calls/s", "q quit", "shows or hides the keys");
  }

  @Test
  void aServerThatFallsSilentIsSaidAndTheLastPictureStays() {
    var drawn =
        live(
            "r\u0003",
            () -> {
              throw new CliException(ExitCode.UNREACHABLE, "no answer from the server");
            });

    assertThat(drawn).contains("calls/s", "no answer from the server");
  }

  @Test
  void printsOneDocumentAsJson() {
    try (var server = new SampleServer()) {
      var answer = new Shell().run("top", "--json", "--admin", server.url());

      assertThat(answer.exitCode()).isZero();
      assertThat(answer.json())
          .containsKeys("at", "calls_per_second", "status", "limits", "audit", "slowest");
    }
  }

  /// All that is drawn until the keys, each pressed at once, are used up.
  private static String live(String keys, Supplier<Moment> server) {
    var screen = new PlayedKeys(keys);
    new LiveView(screen, ZoneOffset.UTC, false, server).run(moment(calls(1, 0), 1));
    assertThat(screen.drawn).allSatisfy(lines -> assertThat(lines).hasSize(24));
    return screen.drawn.stream().flatMap(List::stream).collect(Collectors.joining("\n"));
  }

  private static List<String> text(Moment moment) {
    var out = new StringWriter();
    var terminal =
        new Terminal(new PrintWriter(out), new PrintWriter(new StringWriter()), false, 80);
    new TopText(terminal, ZoneOffset.UTC, 23).print(moment);
    return out.toString().lines().toList();
  }

  private static Moment moment(List<Document> calls, int limits) {
    var review =
        new Document()
            .time("from", Instant.parse("2026-11-24T10:45:00Z"))
            .put("calls", calls.size())
            .put("total_usd", "0.100000000");
    return new Moment(
        AT,
        new Document().put("version", "test").put("trouble", ""),
        IntStream.range(0, limits).mapToObj(TopTest::limit).toList(),
        review,
        calls);
  }

  /// Calls that began one after the other until now, a tenth of them refused.
  private static List<Document> calls(int count, int millisApart) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> {
          var call =
              new Document()
                  .put("call", "call_01kax3m9r8h5n7p2q4s6t8v%03d".formatted(i))
                  .put("status", 200)
                  .put("workflow", "support")
                  .put("step", "troubleshooting")
                  .put("model", "anthropic/claude-sonnet-5")
                  .put("duration_ms", count - i)
                  .time("started_at", AT.minusMillis((long) i * millisApart));
          return i % 10 == 0
              ? call.put("refusal", new Document().put("code", "faregate_limit"))
              : call;
        })
        .toList();
  }

  private static Document limit(int number) {
    return new Document()
        .put("limit", "daily_budget")
        .put("scope", "workflow:product-" + number)
        .put("window", "day")
        .put("limit_usd", "100.000000000")
        .put("spent_usd", number + ".000000000")
        .put("held_usd", "0.000000000")
        .put("in_doubt_usd", "0.000000000")
        .put("free_usd", 100 - number + ".000000000")
        .time("resets_at", AT);
  }

  /// A small screen in front of which someone types.
  private static final class PlayedKeys implements Screen {
    private final List<List<String>> drawn = new ArrayList<>();
    private final String keys;
    private int pressed;

    PlayedKeys(String keys) {
      this.keys = keys;
    }

    @Override
    public int rows() {
      return 24;
    }

    @Override
    public int columns() {
      return 80;
    }

    @Override
    public void draw(List<String> lines) {
      drawn.add(lines);
    }

    @Override
    public int key(long millis) {
      return keys.charAt(pressed++);
    }
  }
}
