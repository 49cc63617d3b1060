package io.faregate.http;

import io.faregate.policy.route.Offers.Offer;
import io.faregate.policy.route.Offers.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// `GET /v1/models` in the shapes of OpenAI and of Anthropic: the names that a call may carry, what
/// each one is, and between which prices it may be served. Source: CLIENTS §1 and §10.
final class ModelList {
  private static final JsonMapper JSON = new JsonMapper();

  /// Names are not made at a time; Anthropic's clients want one all the same.
  private static final String BEGINNING = "1970-01-01T00:00:00Z";

  private ModelList() {}

  /// The whole list as OpenAI has it.
  static byte[] openAi(Map<String, Offer> offers) {
    var document = new LinkedHashMap<String, Object>();
    document.put("object", "list");
    document.put("data", entries(offers, false));
    return JSON.writeValueAsBytes(document);
  }

  /// The whole list as Anthropic has it, on one page.
  static byte[] anthropic(Map<String, Offer> offers) {
    var names = new ArrayList<>(offers.keySet());
    var document = new LinkedHashMap<String, Object>();
    document.put("data", entries(offers, true));
    document.put("has_more", false);
    document.put("first_id", names.getFirst());
    document.put("last_id", names.getLast());
    return JSON.writeValueAsBytes(document);
  }

  /// One entry of it.
  static byte[] one(String name, Offer offer, boolean anthropic) {
    return JSON.writeValueAsBytes(entry(name, offer, anthropic));
  }

  private static List<Map<String, Object>> entries(Map<String, Offer> offers, boolean anthropic) {
    var entries = new ArrayList<Map<String, Object>>();
    offers.forEach((name, offer) -> entries.add(entry(name, offer, anthropic)));
    return entries;
  }

  private static Map<String, Object> entry(String name, Offer offer, boolean anthropic) {
    var entry = new LinkedHashMap<String, Object>();
    if (anthropic) {
      entry.put("type", "model");
      entry.put("id", name);
      var kind = offer.kind();
      entry.put("display_name", name + (kind.equals("model") ? "" : " (" + kind + ")"));
      entry.put("created_at", BEGINNING);
    } else {
      entry.put("id", name);
      entry.put("object", "model");
      entry.put("created", 0);
      entry.put("owned_by", owner(name));
    }
    entry.put("faregate_kind", offer.kind());
    entry.put("faregate_price", price(offer));
    return entry;
  }

  private static Map<String, @Nullable Object> price(Offer offer) {
    var price = new LinkedHashMap<String, @Nullable Object>();
    price.put("input_usd_per_million", range(offer.input()));
    price.put("output_usd_per_million", range(offer.output()));
    price.put("unpriced_models", offer.unpriced());
    return price;
  }

  private static @Nullable Map<String, String> range(@Nullable Range range) {
    if (range == null) {
      return null;
    }
    var bounds = new LinkedHashMap<String, String>();
    bounds.put("from", range.from());
    bounds.put("to", range.to());
    return bounds;
  }

  private static String owner(String name) {
    int slash = name.indexOf('/');
    return slash < 0 ? "faregate" : name.substring(0, slash);
  }
}
