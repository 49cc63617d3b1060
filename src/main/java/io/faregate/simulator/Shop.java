package io.faregate.simulator;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Turns a body into a [Sale]: reads it, counts its tokens, makes the answer, and looks up what the
/// script and the call's markers want to go wrong. Used on one event loop; only [#script] may be
/// called from any thread.
final class Shop {
  /// 2026-01-01: `created` is this plus the number of the call, so that runs can be compared.
  static final long FIRST_CREATED_SECONDS = 1_767_225_600;

  private static final int MOST_SIGHTINGS = 4_096;

  /// What is known of a call beside its body; `header` is the value of `x-sim`, or empty.
  record Order(long number, String bodySha256, String header) {}

  private final SimulatedProvider.Settings settings;
  private final Map<String, SimulatedModel> models = new LinkedHashMap<>();
  private final PromptMeter.Cache cache = new PromptMeter.Cache();
  private volatile Script script;

  /// How often a body was received, for the marker `times`.
  private final Map<String, Integer> sightings =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
          return size() > MOST_SIGHTINGS;
        }
      };

  Shop(SimulatedProvider.Settings settings) {
    this.settings = settings;
    this.script = settings.script();
    for (SimulatedModel model : settings.models()) {
      models.put(model.name(), model);
    }
  }

  void script(Script newScript) {
    script = newScript;
  }

  /// @throws ChatError where a real provider declines: not JSON, unknown model, prompt too long
  Sale sell(byte[] body, Order order) {
    ChatCall call = ChatCall.read(body);
    SimulatedModel model = models.get(call.model());
    if (model == null) {
      throw ChatError.unknownModel(call.model());
    }
    Markers markers = Markers.read(call.lastUserText(), order.header(), settings.name());
    Conduct conduct = conduct(order, markers);
    long promptTokens = markers.count("input", Math.toIntExact(call.prompt().tokens()));
    if (conduct.contextExceeded || promptTokens > model.windowTokens()) {
      throw ChatError.contextLength(model.windowTokens(), promptTokens);
    }
    var source = new ChatAnswer.Source(settings.seed(), settings.habits().answerTokens());
    ChatAnswer answer = ChatAnswer.to(call, model, markers, source);
    long id = Text.mix(settings.seed() ^ Text.mix(order.number()));
    return new Sale(
        call,
        model,
        answer,
        tokens(promptTokens, cached(call, markers), answer),
        conduct,
        "chatcmpl-" + HexFormat.of().toHexDigits(id),
        FIRST_CREATED_SECONDS + order.number(),
        "fp_" + HexFormat.of().toHexDigits((int) Text.mix(settings.seed())));
  }

  private Conduct conduct(Order order, Markers markers) {
    List<Fault> asked = markers.faults();
    if (markers.given("times")) {
      int sighting = sightings.merge(order.bodySha256(), 1, Integer::sum);
      asked = sighting <= markers.count("times", 0) ? asked : List.of();
    }
    return Conduct.of(script.faults(order.number()), asked);
  }

  private long cached(ChatCall call, Markers markers) {
    long cached = settings.habits().caching() ? cache.cachedTokens(call.model(), call.prompt()) : 0;
    return markers.count("cached", (int) cached);
  }

  private static TokenCount tokens(long promptTokens, long cachedTokens, ChatAnswer answer) {
    long cached = Math.min(cachedTokens, promptTokens);
    long reasoning = answer.reasoningTokens();
    return new TokenCount(
        promptTokens - cached, cached, reasoning + answer.visibleTokens(), reasoning);
  }
}
