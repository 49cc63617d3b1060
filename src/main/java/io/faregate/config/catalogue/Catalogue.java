package io.faregate.config.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.call.ModelId;
import io.faregate.config.yaml.Problems;
import io.faregate.config.yaml.YamlTree;
import io.faregate.money.PriceList;
import io.faregate.policy.Model;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Facts and dated list prices of models, by vendor. Immutable.
///
/// @param models facts by `vendor/model`
/// @param prices rows by the same names
/// @param urls where each vendor speaks the OpenAI API
public record Catalogue(Map<ModelId, Model> models, PriceList prices, Map<String, String> urls) {
  /// A catalogue that knows nothing.
  public static final Catalogue EMPTY = new Catalogue(Map.of(), PriceList.EMPTY, Map.of());

  private static final String RESOURCE = "/io/faregate/config/catalogue.yaml";

  public Catalogue {
    models = Map.copyOf(models);
    urls = Map.copyOf(urls);
  }

  /// The catalogue that this version came with, read once.
  public static Catalogue builtIn() {
    return BuiltIn.CATALOGUE;
  }

  /// The catalogue in a text of our own format; empty if the problems hold an error.
  public static Optional<Catalogue> read(String text, Problems problems) {
    var file = YamlTree.read(text, problems);
    var catalogue = file.map(mapping -> new CatalogueReader(problems.file()).read(mapping));
    return problems.anyError() ? Optional.empty() : catalogue;
  }

  /// The URL under which the vendor of that name speaks the OpenAI API.
  public Optional<String> url(String vendor) {
    return Optional.ofNullable(urls.get(vendor));
  }

  /// The vendor whose models a provider of the configuration has: the one of the same name or, if
  /// there is none, the one at the same host.
  public Optional<String> vendor(String provider, String url) {
    if (models.keySet().stream().anyMatch(model -> model.provider().equals(provider))) {
      return Optional.of(provider);
    }
    var host = String.valueOf(URI.create(url).getHost());
    return urls.entrySet().stream()
        .filter(vendor -> host.equalsIgnoreCase(URI.create(vendor.getValue()).getHost()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /// This catalogue with another one laid over it: what that says of a model, fact by fact and row
  /// by row; it was checked when the one that was checked last was.
  public Catalogue with(Catalogue other) {
    var allModels = new HashMap<>(models);
    other.models.forEach((id, said) -> allModels.merge(id, said, Catalogue::laidOver));
    var allUrls = new HashMap<>(urls);
    allUrls.putAll(other.urls);
    var allPrices = prices.with(other.prices.all()).all();
    var checked = prices.date().isAfter(other.prices.date()) ? prices.date() : other.prices.date();
    return new Catalogue(allModels, new PriceList(checked, allPrices), allUrls);
  }

  /// What makes embeddings is nothing else, so who adds a price need not say so again.
  private static Model laidOver(Model known, Model said) {
    return new Model(
        known.id(),
        said.windowTokens() == null ? known.windowTokens() : said.windowTokens(),
        said.maxOutputTokens() == null ? known.maxOutputTokens() : said.maxOutputTokens(),
        said.can() == null ? known.can() : said.can(),
        known.embedding() || said.embedding());
  }

  /// Holds the catalogue from its first use on.
  private static final class BuiltIn {
    static final Catalogue CATALOGUE = load();

    private static Catalogue load() {
      try (var resource = Catalogue.class.getResourceAsStream(RESOURCE)) {
        if (resource == null) {
          throw new IllegalStateException("this build lacks " + RESOURCE);
        }
        var problems = new Problems("catalogue.yaml");
        return read(new String(resource.readAllBytes(), UTF_8), problems)
            .orElseThrow(() -> new IllegalStateException(problems.all().toString()));
      } catch (IOException bad) {
        throw new UncheckedIOException("read the built-in price catalogue", bad);
      }
    }
  }
}
