package io.faregate.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.audit.Document;
import io.faregate.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What reports say of a time of which calls may be missing.
class MissingTextTest {
  private static final String LOST = "2026-11-20T12:00:00Z";

  private final StringWriter out = new StringWriter();
  private final StringWriter notes = new StringWriter();
  private final Terminal terminal =
      new Terminal(new PrintWriter(out), new PrintWriter(notes), false, 80);

  @Test
  void aReviewSaysThatWhatItLacksIsMissing() {
    new AuditText(terminal, ZoneOffset.UTC).print(new Document().put("missing_before", LOST));

    assertThat(out.toString())
        .contains("missing")
        .contains("calls from before 2026-11-20 12:00:00 may be");
    assertThat(notes.toString()).contains("no call of this span is on record");
  }

  @Test
  void limitsSayThatTheirWindowsCountWhatIsLeft() {
    var limit =
        new Document().put("limit", "daily_budget").put("scope", "all").put("window", "day");

    new LimitsText(terminal, ZoneId.of("UTC")).print(List.of(limit.put("missing_before", LOST)));

    assertThat(notes.toString()).contains("calls from before 2026-11-20 12:00 UTC may be missing");
  }

  @Test
  void nothingIsSaidWhereNothingIsMissing() {
    new AuditText(terminal, ZoneOffset.UTC).print(new Document());

    assertThat(out.toString()).doesNotContain("missing");
    assertThat(notes.toString()).contains("no call began in this span");
  }
}
