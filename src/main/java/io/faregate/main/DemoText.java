package io.faregate.main;

import java.nio.file.Path;
import java.util.regex.Pattern;

/// What the demo says when it has started: where to look, and what to try.
final class DemoText {
  private static final Pattern PLAIN = Pattern.compile("[\\w/.,:=@%+-]+");

  private DemoText() {}

  /// @param log where log lines go
  static String of(Wiring wiring, Path data, String log) {
    return """
    Faregate demo: three simulated providers, a day of a support product every ten minutes.

      calls    %1$s
      console  %2$s
      data     %3$s (with the policy, %5$s)
      log      %4$s (a JSON line for each call)

    Try a call of your own:

      curl -i %1$s/chat/completions -H 'content-type: application/json' \\
        -H 'x-faregate-plan: standard' \\
        -d '{"model": "support/faq", "messages": [{"role": "user", "content": "How do I reset?"}]}'

    and then, with the id in x-faregate-call:

      ./faregate why CALL --data %6$s
      ./faregate limits --data %6$s
      ./faregate audit --since 1h --data %6$s
      ./faregate route --config %7$s --workflow support --step unresolved

    Ctrl-C ends it.\
    """
        .formatted(
            wiring.url(),
            wiring.adminUrl(),
            data,
            log,
            Demo.FILE,
            quoted(data),
            quoted(data.resolve(Demo.FILE)));
  }

  /// A path as a shell reads it back.
  private static String quoted(Path path) {
    var text = path.toString();
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
