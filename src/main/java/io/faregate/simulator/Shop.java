package io.faregate.simulator;

import io.faregate.simulator.tongue.Answer;
import io.faregate.simulator.tongue.Ask;
import io.faregate.simulator.tongue.Decline;
import io.faregate.simulator.tongue.PromptMeter;
import io.faregate.simulator.tongue.PromptMeter.Cached;
import io.faregate.simulator.tongue.Sale;
import io.faregate.simulator.tongue.Text;
import io.faregate.simulator.tongue.TokenCount;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Turns what was asked into a [Sale]: counts its tokens, makes the answer, and looks up what the
/// script and the call's markers want to go wrong. Used on one event loop; only [#script] may be
/// called from any thread.
final class Shop {
  /// 2026-01-01: `created` is this plus the number of the call, so that runs can be compared.
  static final long FIRST_CREATED_SECONDS = 1_767_225_600;

  private static final int MOST_SIGHTINGS = 4_096;

  /// What is known of a call beside its body; `header` is the value of `x-sim`, or empty, and
  /// `dialect` the name of its tongue.
  record Order(long number, String bodySha256, String header, String dialect) {}

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

  /// @throws Decline where a real provider declines: unknown model, prompt too long
  Sold sell(Ask ask, Order order) {
    SimulatedModel model = models.get(ask.model());
    if (model == null) {
      throw Decline.unknownModel(ask.model());
    }
    Turns.Turn turn = settings.turns().next(ask, order.dialect());
    Markers markers =
        Markers.read(ask.talk().lastUserText(), order.header(), settings.name())
            .with(turn == null ? "" : turn.sim());
    Conduct conduct = conduct(order, markers);
    long promptTokens = markers.count("input", Math.toIntExact(ask.talk().meter().tokens()));
    if (conduct.contextExceeded || promptTokens > model.windowTokens()) {
      throw Decline.contextLength(model.windowTokens(), promptTokens);
    }
    var source = new Composer.Source(settings.seed(), settings.habits().answerTokens());
    Answer answer = Composer.answer(ask, markers, source, turn);
    Sale sale =
        new Sale(
            ask,
            answer,
            tokens(promptTokens, cached(ask, markers), answer),
            conduct.usageHabit,
            Text.mix(settings.seed() ^ Text.mix(order.number())),
            FIRST_CREATED_SECONDS + order.number(),
            "fp_" + HexFormat.of().toHexDigits((int) Text.mix(settings.seed())));
    return new Sold(sale, model, conduct);
  }

  private Conduct conduct(Order order, Markers markers) {
    List<Fault> asked = markers.faults();
    if (markers.given("times")) {
      int sighting = sightings.merge(order.bodySha256(), 1, Integer::sum);
      asked = sighting <= markers.count("times", 0) ? asked : List.of();
    }
    return Conduct.of(script.faults(order.number()), asked);
  }

  private Cached cached(Ask ask, Markers markers) {
    Cached found = Cached.NOTHING;
    if (settings.habits().caching() && ask.purpose() == Ask.Purpose.ANSWER) {
      found =
          ask.cacheMarked()
              ? cache.marked(ask.model(), ask.talk().meter())
              : new Cached(cache.cachedTokens(ask.model(), ask.talk().meter()), 0, 0);
    }
    return new Cached(
        markers.count("cached", (int) found.read()),
        markers.count("written", (int) found.written5m()),
        markers.count("written1h", (int) found.written1h()));
  }

  /// Markers may ask for more than the prompt has; then the first kinds take what there is.
  private static TokenCount tokens(long promptTokens, Cached cached, Answer answer) {
    long read = Math.min(cached.read(), promptTokens);
    long written5m = Math.min(cached.written5m(), promptTokens - read);
    long written1h = Math.min(cached.written1h(), promptTokens - read - written5m);
    long reasoning = answer.reasoningTokens();
    return new TokenCount(
        promptTokens - read - written5m - written1h,
        read,
        written5m,
        written1h,
        reasoning + answer.visibleTokens(),
        reasoning);
  }
}
