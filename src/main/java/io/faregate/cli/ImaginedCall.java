package io.faregate.cli;

import io.faregate.call.Demand;
import io.faregate.call.Named;
import io.faregate.call.Segments;
import io.faregate.call.Source;
import io.faregate.call.Work;
import io.faregate.cli.port.BodyReader;
import io.faregate.cli.port.BodyReader.ReadBody;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.config.yaml.ValueText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that describe a call which nobody has made.
final class ImaginedCall {
  /// Of a model from whose use nothing was learned yet: see [io.faregate.policy.TokenScale].
  private static final long BYTES_PER_TOKEN = 4;

  private static final long USUAL_INPUT_TOKENS = 1_000;

  @Option(names = "--task", paramLabel = "TASK", description = "As in x-faregate-task.")
  private @Nullable String task;

  @Option(names = "--workflow", paramLabel = "NAME", description = "As in x-faregate-workflow.")
  private @Nullable String workflow;

  @Option(names = "--step", paramLabel = "STEP", description = "As in x-faregate-step.")
  private @Nullable String step;

  @Option(names = "--plan", paramLabel = "PLAN", description = "As in x-faregate-plan.")
  private @Nullable String plan;

  @Option(
      names = "--justification",
      paramLabel = "TEXT",
      description = "Why a dearer tier is wanted.")
  private @Nullable String justification;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "The model as a client sends it: auto, task/TASK, WORKFLOW/STEP, or a model.")
  private @Nullable String model;

  @Option(
      names = "--input-tokens",
      paramLabel = "N",
      description = "Length of the prompt, like 800 or 12k (if not given, 1k).")
  private @Nullable String inputTokens;

  @Option(
      names = "--output-tokens",
      paramLabel = "N",
      description = "The longest answer that the client accepts.")
  private @Nullable String outputTokens;

  @Option(
      names = "--body",
      paramLabel = "FILE",
      description = "The JSON body of a chat call, instead of --input-tokens.")
  private @Nullable Path body;

  /// The call, as body and options say it. An option counts before the body.
  ReadBody read(BodyReader reader) {
    var said =
        body == null
            ? new ReadBody(Demand.ofInputBytes(bytes()), Work.UNNAMED)
            : read(body, reader);
    return new ReadBody(limited(said.demand()), named(said.work()));
  }

  private Segments bytes() {
    long tokens = inputTokens == null ? USUAL_INPUT_TOKENS : tokens("--input-tokens", inputTokens);
    return new Segments(0, Math.multiplyExact(tokens, BYTES_PER_TOKEN), 0, 0, 0, 0);
  }

  private ReadBody read(Path file, BodyReader reader) {
    if (inputTokens != null) {
      throw usage("--body and --input-tokens both say how long the prompt is; give one of them");
    }
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new CliException(
          ExitCode.UNREACHABLE,
          "cannot read the body " + file + "; is the path right?",
          unreadable);
    }
    try {
      return reader.read(bytes);
    } catch (RuntimeException bad) {
      throw new CliException(
          ExitCode.USAGE,
          "%s is not the body of a chat call: %s".formatted(file, bad.getMessage()),
          bad);
    }
  }

  private Demand limited(Demand demand) {
    return outputTokens == null
        ? demand
        : demand.limitedTo(tokens("--output-tokens", outputTokens));
  }

  private Work named(Work work) {
    return new Work(
        named(task, work.task()),
        named(workflow, work.workflow()),
        named(step, work.step()),
        named(plan, work.plan()),
        model == null ? work.model() : model,
        work.action(),
        justification == null ? work.justification() : justification,
        work.user(),
        work.session(),
        work.tags());
  }

  private static @Nullable Named named(@Nullable String option, @Nullable Named inBody) {
    return option == null ? inBody : new Named(option, Source.HEADER);
  }

  private static long tokens(String option, String text) {
    return ValueText.tokens(text)
        .orElseThrow(() ->
            usage(
                "%s %s is not a number of tokens; write it like 4000, 4k or 1M"
                    .formatted(option, text)));
  }

  private static CliException usage(String message) {
    return new CliException(ExitCode.USAGE, message);
  }
}
