package io.faregate.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.faregate.config.catalogue.Catalogue;
import io.faregate.config.lint.PolicyLint;
import io.faregate.config.yaml.Item;
import io.faregate.config.yaml.Mapping;
import io.faregate.config.yaml.Nearest;
import io.faregate.config.yaml.Overrides;
import io.faregate.config.yaml.Problem;
import io.faregate.config.yaml.Problems;
import io.faregate.config.yaml.YamlTree;
import io.faregate.policy.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `faregate.yaml`, the whole of it and whatever is wrong with it, into values.
public final class ConfigReader {
  /// The sections of which environment variables can set single values.
  private static final List<String> OVERRIDDEN = List.of("server", "store", "telemetry");

  /// Sections whose content later versions define.
  private static final List<String> LATER = List.of("alerts", "telemetry", "shadow", "lake");

  /// Where prices are laid over the built-in ones unless the file names another place.
  private static final String PRICES = "prices.yaml";

  /// By its name, which reports show; an offset of nothing is called Z.
  private static final ZoneId UTC = ZoneId.of("UTC");

  private static final String FILE = "file:";
  private static final String SCHEMA = "/io/faregate/config/faregate.schema.json";

  /// The largest file that is read.
  static final int MAX_BYTES = 4 * YamlTree.MAX_CHARACTERS;

  private static final int VERSION_DIGITS = 12;

  private final String text;
  private final Environment environment;
  private final Problems problems;
  private final References references;

  /// The day for which the file is looked at more closely, or null.
  private final @Nullable LocalDate today;

  private ConfigReader(
      String name, String text, Environment environment, @Nullable LocalDate today) {
    this.text = text;
    this.environment = environment;
    this.today = today;
    this.problems = new Problems(name);
    this.references = new References(environment);
  }

  /// Reads a file. One that cannot be opened is a problem like any other.
  public static Reading read(Path file, Environment environment) {
    return read(file, environment, null);
  }

  /// Reads a file and looks also for what it hardly means (docs/lint.md).
  ///
  /// @param today the UTC day whose prices hold
  public static Reading check(Path file, Environment environment, LocalDate today) {
    return read(file, environment, today);
  }

  private static Reading read(Path file, Environment environment, @Nullable LocalDate today) {
    var name = file.toString();
    try {
      if (Files.isDirectory(file)) {
        return unreadable(name, "it is a folder", "name the file in it");
      }
      if (Files.size(file) > MAX_BYTES) {
        return unreadable(name, "the file is larger than 4 MiB", "is this the right file?");
      }
      return new ConfigReader(name, Files.readString(file, UTF_8), environment, today).reading();
    } catch (NoSuchFileException missing) {
      return unreadable(name, "there is no such file", "`faregate init` writes one to start from");
    } catch (CharacterCodingException other) {
      return unreadable(name, "the file is not UTF-8 text", "save it as UTF-8");
    } catch (IOException bad) {
      return unreadable(name, "the file cannot be read", "check its permissions");
    }
  }

  /// Reads a text.
  ///
  /// @param name what its problems call the file
  public static Reading read(String name, String text, Environment environment) {
    return new ConfigReader(name, text, environment, null).reading();
  }

  /// Reads a text and looks also for what it hardly means.
  static Reading check(String name, String text, Environment environment, LocalDate today) {
    return new ConfigReader(name, text, environment, today).reading();
  }

  /// The JSON Schema of the file, for editors.
  public static String schema() {
    try (var resource = ConfigReader.class.getResourceAsStream(SCHEMA)) {
      if (resource == null) {
        throw new IllegalStateException("this build lacks " + SCHEMA);
      }
      return new String(resource.readAllBytes(), UTF_8);
    } catch (IOException bad) {
      throw new UncheckedIOException("read the built-in JSON Schema", bad);
    }
  }

  /// The file whose prices are laid over the built-in ones by that configuration, whether or not it
  /// is there, and whatever else is wrong with the configuration.
  public static Path prices(Path file, Environment environment) {
    return environment.root().resolve(named(file)).normalize();
  }

  private static String named(Path file) {
    try {
      var text = Files.size(file) > MAX_BYTES ? "" : Files.readString(file, UTF_8);
      return YamlTree.read(text, new Problems(file.toString()))
          .map(mapping -> mapping.read("prices", Item::text, FILE + PRICES))
          .filter(said -> said.startsWith(FILE))
          .map(said -> said.substring(FILE.length()))
          .orElse(PRICES);
    } catch (IOException none) {
      return PRICES;
    }
  }

  private static Reading unreadable(String name, String message, String fix) {
    return new Reading(null, List.of(Problem.ofFile(name, message, fix)), Set.of());
  }

  private Reading reading() {
    var configuration =
        YamlTree.read(text, problems)
            .map(file -> Overrides.lay(file, environment.variables(), OVERRIDDEN))
            .map(this::configuration)
            .orElse(null);
    return new Reading(configuration, problems.all(), references.files());
  }

  private @Nullable Configuration configuration(Mapping file) {
    var names = Names.of(file);
    var zone = file.read("timezone", ConfigReader::zone, UTC);
    var catalogue = catalogue(file);
    var providers = new ProvidersSection(catalogue, references).read(file);
    var served =
        providers.stream().collect(toMap(ProviderSettings::name, ProviderSettings::spoken));
    var asSeen =
        providers.stream()
            .filter(provider -> provider.abandoned() == ProviderSettings.Abandoned.SEEN)
            .map(ProviderSettings::name)
            .collect(toSet());
    var ladder = new LadderSection(names, problems);
    ladder.readModels(file, providers, catalogue);
    var tiers = ladder.readTiers(file, served.keySet());
    var rows = new TasksSection(names, references);
    var tasks = rows.read(file);
    var defaultTask = rows.defaultTask(file);
    var plansSection = new PlansSection(names);
    var plans = plansSection.read(file);
    var defaultPlan = plansSection.defaultPlan(file);
    var context = plansSection.context(file);
    var limits = new LimitsSection(names).read(file);
    var workflows = new WorkflowsSection(names, rows, tasks).read(file);
    var keys = new KeysSection(names, zone).read(file);
    var aliases = new AliasesSection(names, workflows).read(file);
    var settings = settings(file, providers);
    readLater(file);
    file.end();
    if (problems.anyError()) {
      return null;
    }
    var policy =
        new Policy(
            version(text),
            zone,
            tiers,
            tasks,
            defaultTask,
            plans,
            defaultPlan,
            context,
            limits,
            workflows,
            keys,
            ladder.models(),
            served,
            asSeen,
            aliases,
            ladder.prices(catalogue));
    if (today != null) {
      PolicyLint.report(file, policy, today);
    }
    return new Configuration(policy, settings);
  }

  private Settings settings(Mapping file, List<ProviderSettings> providers) {
    var section = new ServerSection(references);
    return new Settings(
        section.server(file, !file.has("keys")),
        section.journal(file),
        section.store(file),
        providers);
  }

  /// The built-in catalogue, under the one that the file names or that stands beside it.
  private Catalogue catalogue(Mapping file) {
    var item = file.item("prices");
    var content = item == null ? references.beside(PRICES, file.item()) : references.content(item);
    if (content == null) {
      return environment.catalogue();
    }
    if (item != null && !String.valueOf(item.text()).startsWith(FILE)) {
      item.error("prices names no file", "write prices: \"file:prices.yaml\"");
      return environment.catalogue();
    }
    var name = item == null ? PRICES : String.valueOf(item.text()).substring(FILE.length());
    var found = new Problems(name);
    var own = Catalogue.read(content, found);
    found.all().forEach(problems::add);
    return own.map(environment.catalogue()::with).orElse(environment.catalogue());
  }

  private static void readLater(Mapping file) {
    for (var section : LATER) {
      var item = file.item(section);
      if (item != null) {
        if (!item.isList()) {
          var _ = item.mapping();
        }
        item.later();
      }
    }
  }

  private static @Nullable ZoneId zone(Item item) {
    var text = item.text();
    if (text == null) {
      return null;
    }
    try {
      return ZoneId.of(text);
    } catch (DateTimeException unknown) {
      var nearest = Nearest.to(text, ZoneId.getAvailableZoneIds());
      item.error(
          "unknown time zone " + Item.shown(text),
          nearest
              .map(zone -> "nearest: \"" + zone + "\"")
              .orElse("write it like UTC or Europe/Berlin"));
      return null;
    }
  }

  private static String version(String text) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, VERSION_DIGITS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
