package io.faregate.worksheet.report;

import io.faregate.money.Money;
import io.faregate.worksheet.cost.Headroom;
import io.faregate.worksheet.cost.Prices;
import io.faregate.worksheet.cost.Quote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The cost of a call in the shape of JSON (PRODUCT §4): parts and tokens are those of all calls.
public final class CalcDocument {
  private CalcDocument() {}

  /// A quote for so many calls.
  public static Map<String, @Nullable Object> of(Quote quote, long calls, Prices prices) {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("model", quote.model().toString());
    document.put("calls", calls);
    document.put("cost_usd", usd(quote.nanoUsd(), calls));
    document.put("cost_per_call_usd", usd(quote.nanoUsd(), 1));
    document.put("prices", prices.day().toString());
    document.put("service_tier", quote.shape().service().word());
    document.put("turns", quote.shape().turns());
    document.put("parts", parts(quote.byKind(), "kind", calls));
    document.put("segments", parts(quote.bySegment(), "segment", calls));
    var headroom = Headroom.of(quote, prices);
    document.put("longest_input", headroom.input());
    document.put("window_room", headroom.room());
    document.put("passed_price_cliff", headroom.passedCliff());
    document.put("next_price_cliff", headroom.nextCliff());
    return document;
  }

  /// What is worth saying of a call on a model.
  public static List<String> remarks(Quote quote, Prices prices) {
    var remarks = new ArrayList<String>();
    var price = quote.price();
    if (price == null) {
      remarks.add(
          "%s is unpriced: it has no %s price on %s"
              .formatted(quote.model(), quote.shape().service().word(), prices.day()));
      return remarks;
    }
    quote.byKind().stream()
        .filter(part -> part.rate() == null && quote.nanoUsd() == null)
        .forEach(part ->
            remarks.add(
                "%s is unpriced: nobody knows its price of %s"
                    .formatted(quote.model(), part.name())));
    Remarks.edges(Headroom.of(quote, prices))
        .forEach(edge -> remarks.add("%s: %s".formatted(quote.model(), edge)));
    return remarks;
  }

  private static List<Map<String, @Nullable Object>> parts(
      List<Quote.Part> parts, String name, long calls) {
    var documents = new ArrayList<Map<String, @Nullable Object>>();
    for (var part : parts) {
      var fields = new LinkedHashMap<String, @Nullable Object>();
      fields.put(name, part.name());
      fields.put("tokens", Math.multiplyExact(part.tokens(), calls));
      if (name.equals("kind")) {
        fields.put("usd_per_million", part.rate() == null ? null : part.rate().usdPerMillion());
      }
      fields.put("cost_usd", usd(part.nanoUsd(), calls));
      documents.add(fields);
    }
    return documents;
  }

  private static @Nullable String usd(@Nullable Long nanoUsd, long calls) {
    return nanoUsd == null ? null : Money.usd(Math.multiplyExact(nanoUsd, calls));
  }
}
