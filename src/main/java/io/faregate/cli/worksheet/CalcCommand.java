package io.faregate.cli.worksheet;

import io.faregate.call.ModelId;
import io.faregate.cli.port.Outside;
import io.faregate.cli.report.CalcText;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.cli.value.ModelName;
import io.faregate.config.worksheet.Ground;
import io.faregate.policy.Tier;
import io.faregate.worksheet.report.CalcDocument;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `faregate calc`.
@Command(
    name = "calc",
    description = {
      "Works out what a call costs, on one model or on several side by side.",
      "Without --model: on the first model of each tier of the configuration.",
      ""
    },
    footer = {"", "Example: faregate calc --model gpt-5.6-luna --input 1800 --output 220"})
public final class CalcCommand implements Callable<Integer> {
  private static final long MOST_CALLS = 1_000_000_000L;

  private final Outside outside;

  @Mixin private final WorksheetFile ground = new WorksheetFile();
  @Mixin private final CallShape call = new CallShape();

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "A model, with or without its vendor; repeatable.")
  private List<String> models = List.of();

  @Option(names = "--calls", paramLabel = "N", description = "How many calls, like 10k (1).")
  private String calls = "1";

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /// @param outside what the command knows of the world
  public CalcCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    var grounds = ground.ground(outside);
    var prices = grounds.prices();
    var shape = call.shape();
    long many = CallShape.number("--calls", calls, MOST_CALLS);
    var models = chosen(grounds);
    try {
      var quotes = models.stream().map(id -> prices.quote(id, shape)).toList();
      // It has all the products, so that too large a one is met before anything is printed.
      var document = quotes.stream().map(quote -> CalcDocument.of(quote, many, prices)).toList();
      if (json) {
        outside.terminal().json(document);
      } else {
        new CalcText(outside.terminal(), prices, many).print(quotes);
      }
    } catch (ArithmeticException tooMuch) {
      throw new CliException(
          ExitCode.USAGE,
          "that is more than $9 billion, or than 9 quintillion tokens; calculate fewer calls or"
              + " tokens");
    }
    return ExitCode.FINE;
  }

  private List<ModelId> chosen(Ground grounds) {
    if (!models.isEmpty()) {
      var known = grounds.prices().models().keySet();
      return models.stream().map(name -> ModelName.of(name, known)).distinct().toList();
    }
    var policy = grounds.policy();
    if (policy == null) {
      throw new CliException(
          ExitCode.USAGE,
          "say which models: --model openai/gpt-5.6-luna; `faregate prices list` shows all");
    }
    return policy.tiers().stream().map(Tier::models).map(List::getFirst).distinct().toList();
  }
}
