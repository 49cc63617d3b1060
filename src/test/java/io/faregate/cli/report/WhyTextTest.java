package io.faregate.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.audit.Document;
import io.faregate.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WhyTextTest {
  @Test
  void onlyACostThatIsKnownLacksWhatIsUnpriced() {
    assertThat(cost(null)).isEqualTo("unpriced");
    assertThat(cost("0.000145440")).isEqualTo("$0.000145440, without 1 attempt unpriced");
  }

  /// The cost as it is shown of a call with one unpriced attempt.
  private static String cost(@Nullable String usd) {
    var out = new StringWriter();
    var terminal =
        new Terminal(new PrintWriter(out), new PrintWriter(new StringWriter()), false, 80);
    new WhyText(terminal).print(new Document().put("cost_usd", usd).put("unpriced_attempts", 1));
    return out.toString()
        .lines()
        .filter(line -> line.startsWith("cost "))
        .findFirst()
        .orElseThrow()
        .substring("cost".length())
        .strip();
  }
}
