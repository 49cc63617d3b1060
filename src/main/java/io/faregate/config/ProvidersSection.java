package io.faregate.config;

import io.faregate.call.Api;
import io.faregate.call.ModelId;
import io.faregate.config.ProviderSettings.Abandoned;
import io.faregate.config.catalogue.Catalogue;
import io.faregate.config.yaml.Item;
import io.faregate.config.yaml.Mapping;
import io.faregate.config.yaml.UrlText;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads `providers`: where models are to be had.
final class ProvidersSection {
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  /// Headers that the connection itself decides.
  private static final Set<String> OWN_HEADERS =
      Set.of("host", "content-length", "transfer-encoding", "connection", "te", "upgrade");

  private static final Pattern AMAZON =
      Pattern.compile(
          "(?:.*\\.)?bedrock-runtime(?:-fips)?\\.([a-z0-9-]+)\\.(?:vpce\\.)?amazonaws\\..*");

  private static final String DEFAULT_REGION = "us-east-1";

  private final Catalogue catalogue;
  private final References references;

  ProvidersSection(Catalogue catalogue, References references) {
    this.catalogue = catalogue;
    this.references = references;
  }

  List<ProviderSettings> read(Mapping root) {
    var section =
        root.require(
            "providers", Item::mapping, "add providers: { openai: { api: openai, key: ... } }");
    if (section == null) {
      return List.of();
    }
    var providers = new ArrayList<ProviderSettings>();
    for (var entry : section.named().entrySet()) {
      if (entry.getKey().equals("task")) {
        section
            .key("task")
            .error("no provider can be called task", "in a call, task/... names a task; rename it");
      }
      var provider = provider(entry.getKey(), entry.getValue().mapping());
      if (provider != null && ModelId.isProvider(entry.getKey())) {
        providers.add(provider);
      }
    }
    if (section.item().isMapping() && section.all().isEmpty()) {
      section.item().errorAtKey("providers names none", "add openai: { api: openai, key: ... }");
    }
    return providers;
  }

  private @Nullable ProviderSettings provider(String name, Mapping file) {
    var api =
        file.require(
            "api",
            item -> item.word(Api.class),
            "write api: openai, openai_chat, anthropic, gemini or bedrock");
    var url = file.read("url", item -> url(item, api));
    var given = file.read("region", references::expanded);
    var region = api == Api.BEDROCK && given == null ? regionOf(url) : given;
    var keys = file.read("key", this::keys, List.<Secret>of());
    var headers = headers(file);
    var ca = file.item("ca");
    var provider =
        new ProviderSettings(
            name,
            Objects.requireNonNullElse(api, Api.OPENAI),
            url == null ? defaultUrl(name, api, region) : url,
            keys,
            headers,
            region,
            file.read("api_version", Item::text),
            file.read("proxy", this::proxy),
            file.read("ca", references::certificates),
            file.read("abandoned", item -> item.word(Abandoned.class), Abandoned.BOUND));
    var open = !file.has("key") && !file.has("headers");
    if (open && likeOpenAi(provider.api()) && (url != null || !file.has("url"))) {
      warnOfNoKey(name, file, String.valueOf(provider.url().getHost()));
    }
    if (ca != null && "http".equals(provider.url().getScheme())) {
      ca.warn(
          ca.path() + " is not looked at: the url is not https", "remove it, or write https://");
    }
    file.end();
    return api == null ? null : provider;
  }

  /// Of a server on this machine or in the own network nothing is said.
  private static void warnOfNoKey(String name, Mapping file, String host) {
    var fix = "add key: \"${NAME_OF_A_VARIABLE}\"";
    if (!file.has("url")) {
      file.item().warn("%s has no key, which %s asks for".formatted(name, host), fix);
    } else if (UrlText.isPublic(host)) {
      file.item()
          .warn(
              """
              %s has no key: if %s asks for one, each call fails there and goes on to the next, \
              mostly dearer model\
              """
                  .formatted(name, host),
              fix);
    }
  }

  /// The region in which requests to Amazon are signed, if none is given: the one of the host.
  private static String regionOf(@Nullable URI url) {
    var host = AMAZON.matcher(url == null ? "" : String.valueOf(url.getHost()));
    return host.matches() ? host.group(1) : DEFAULT_REGION;
  }

  /// Where a provider is that names no URL: at the vendor of its name or, failing that, where its
  /// dialect comes from.
  private URI defaultUrl(String name, @Nullable Api api, @Nullable String region) {
    var spoken = api == null ? Api.OPENAI : api;
    var own =
        switch (spoken) {
          case OPENAI, OPENAI_CHAT -> "https://api.openai.com/v1";
          case ANTHROPIC -> "https://api.anthropic.com";
          case GEMINI -> "https://generativelanguage.googleapis.com/v1beta";
          case BEDROCK -> "https://bedrock-runtime.%s.amazonaws.com".formatted(region);
        };
    return URI.create(likeOpenAi(spoken) ? catalogue.url(name).orElse(own) : own);
  }

  private static boolean likeOpenAi(@Nullable Api api) {
    return api == Api.OPENAI || api == Api.OPENAI_CHAT;
  }

  private @Nullable URI url(Item item, @Nullable Api api) {
    var text = references.expanded(item);
    var url = text == null ? null : UrlText.read(text, item);
    if (url == null) {
      return null;
    }
    if (likeOpenAi(api) && url.getPath().isEmpty()) {
      item.warn(item.path() + " has no path", "the URL of an OpenAI API mostly ends in /v1");
    }
    if (api == Api.GEMINI && url.getPath().isEmpty()) {
      item.warn(item.path() + " has no path", "the URL of a Gemini API mostly ends in /v1beta");
    }
    if (api == Api.ANTHROPIC && url.getPath().endsWith("/v1")) {
      item.warn(item.path() + " ends in /v1", "the URL of an Anthropic API ends before it");
    }
    return url;
  }

  /// It is spoken to in the clear, at a host and a port.
  private @Nullable URI proxy(Item item) {
    var text = references.expanded(item);
    if (text != null && text.contains("@")) {
      item.error(
          item.path() + " holds a user name or password, which this version tells no proxy",
          "name a proxy that asks for none");
      return null;
    }
    var url = text == null ? null : UrlText.read(text, item);
    if (url != null && (!"http".equals(url.getScheme()) || !url.getPath().isEmpty())) {
      item.error(item.path() + " is no HTTP proxy", "write it like http://proxy.example:3128");
      return null;
    }
    return url;
  }

  private List<Secret> keys(Item item) {
    return item.listOrOne().stream()
        .map(references::secret)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  private Map<String, Secret> headers(Mapping file) {
    var headers = new LinkedHashMap<String, Secret>();
    var section = file.mapping("headers");
    for (var entry : section.all().entrySet()) {
      var name = entry.getKey();
      if (!HEADER.matcher(name).matches()) {
        section
            .key(name)
            .error(Item.shown(name) + " is not a header's name", "write it like x-title");
      } else if (OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
        section
            .key(name)
            .error("the header %s belongs to the connection".formatted(name), "remove it");
      }
      var value = references.header(entry.getValue());
      if (value != null) {
        headers.put(name, value);
      }
    }
    return headers;
  }
}
