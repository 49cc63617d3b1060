package io.faregate.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.config.yaml.Item;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Follows `${ENV_NAME}` and `file:path` for one reading. A file must stand under the folder of the
/// configuration, links followed, so that nobody who may edit the policy can read the rest of the
/// disk with it; secrets may also stand where containers mount them. Source: RELIABILITY §8, C24.
final class References {
  private static final String FILE = "file:";
  private static final Path MOUNTED_SECRETS = Path.of("/run/secrets");
  private static final String BEGIN_CERTIFICATE = "-----BEGIN CERTIFICATE-----";
  private static final long MAX_BYTES = 1 << 20;
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /// What names of variables usually look like. Anything else in braces may be a key itself.
  private static final Pattern SHOWN_NAME = Pattern.compile("[A-Z][A-Z0-9_]{0,39}");

  private final Environment environment;
  private final Set<Path> files = new HashSet<>();

  References(Environment environment) {
    this.environment = environment;
  }

  /// The files that were looked at, there or not.
  Set<Path> files() {
    return files;
  }

  /// A secret by reference, or written out, which draws a warning.
  @Nullable Secret secret(Item item) {
    var text = item.text();
    if (text == null) {
      return null;
    }
    if (!text.startsWith(FILE) && !VARIABLE.matcher(text).find()) {
      item.warn(
          item.path() + " is a secret written into the file",
          "write \"${NAME_OF_A_VARIABLE}\" or \"file:path\" instead, and make a new one");
    }
    return reference(item, text);
  }

  /// A header's value, which may be a secret and is treated as one.
  @Nullable Secret header(Item item) {
    var text = item.text();
    return text == null ? null : reference(item, text);
  }

  /// A text with its environment variables written out.
  @Nullable String expanded(Item item) {
    var text = item.text();
    return text == null ? null : expanded(item, text);
  }

  /// A text as it stands, or the one in the file that it names.
  @Nullable String content(Item item) {
    var text = item.text();
    if (text == null || !text.startsWith(FILE)) {
      return text;
    }
    var file = resolve(item, text, List.of(environment.root()));
    return file == null ? null : content(item, file);
  }

  /// The text of a file in the folder of the configuration, which need not be there.
  ///
  /// @param root the whole of the configuration, where problems are reported
  @Nullable String beside(String name, Item root) {
    var file = environment.root().resolve(name);
    files.add(file);
    return Files.exists(file) && resolve(root, FILE + name, List.of(environment.root())) != null
        ? content(root, file)
        : null;
  }

  /// The path of a file that the process opens itself, such as a certificate; anywhere on disk. A
  /// plan opens none.
  @Nullable Path existing(Item item) {
    var text = item.text();
    if (text == null) {
      return null;
    }
    try {
      var file = environment.root().resolve(text);
      files.add(file);
      if (Files.isReadable(file) && Files.isRegularFile(file)) {
        return file;
      }
      if (!environment.planning()) {
        item.error(item.path() + ": cannot read the file " + Item.shown(text), "check the path");
      }
    } catch (InvalidPathException bad) {
      item.error(item.path() + " is not a path", "name a file");
    }
    return null;
  }

  /// The certificates in a PEM file anywhere on disk. A plan reads none.
  @Nullable String certificates(Item item) {
    var file = existing(item);
    var pem = file == null || environment.planning() ? null : content(item, file);
    if (pem != null && !holdsCertificates(pem)) {
      item.error(
          item.path() + ": the file holds no certificate, or one that cannot be read",
          "name a file with -----BEGIN CERTIFICATE----- in it");
      return null;
    }
    return pem;
  }

  private static boolean holdsCertificates(String pem) {
    try {
      var stream = new ByteArrayInputStream(pem.getBytes(UTF_8));
      return pem.contains(BEGIN_CERTIFICATE)
          && !CertificateFactory.getInstance("X.509").generateCertificates(stream).isEmpty();
    } catch (CertificateException unreadable) {
      return false;
    }
  }

  private @Nullable Secret reference(Item item, String text) {
    if (environment.planning()) {
      return null;
    }
    if (!text.startsWith(FILE)) {
      var value = expanded(item, text);
      return value == null || isBroken(item, value) ? null : Secret.of(value);
    }
    var file = resolve(item, text, List.of(environment.root(), MOUNTED_SECRETS));
    var content = file == null ? null : content(item, file);
    if (file == null || content == null) {
      return null;
    }
    var value = content.strip();
    if (value.isEmpty() || value.lines().count() > 1) {
      item.error(
          "%s: %s holds %s".formatted(item.path(), text, value.isEmpty() ? "nothing" : "lines"),
          "a file of a secret holds one line, the secret");
      return null;
    }
    return isBroken(item, value) ? null : Secret.of(value, file);
  }

  /// Whether a value could not be sent as a header, which each secret is or becomes part of.
  private static boolean isBroken(Item item, String value) {
    var broken = value.chars().anyMatch(Character::isISOControl);
    if (broken) {
      item.error(
          item.path() + " holds a line end or another control character", "write one line of text");
    }
    return broken;
  }

  private @Nullable String expanded(Item item, String text) {
    var missing = false;
    var expanded = new StringBuilder();
    var variables = VARIABLE.matcher(text);
    while (variables.find()) {
      var value = variable(item, variables.group(1));
      missing |= value == null;
      variables.appendReplacement(expanded, Matcher.quoteReplacement(value == null ? "" : value));
    }
    return missing ? null : variables.appendTail(expanded).toString();
  }

  private @Nullable String variable(Item item, String name) {
    if (!NAME.matcher(name).matches()) {
      item.error(
          item.path() + " names no environment variable in its braces",
          "write it like ${OPENAI_API_KEY}");
      return null;
    }
    var value = environment.variable(name);
    if (value == null || value.isBlank()) {
      if (environment.planning()) {
        return null;
      }
      item.error(
          "%s needs the environment variable %s, which is %s"
              .formatted(item.path(), shown(name), value == null ? "not set" : "empty"),
          "set it where faregate starts, or write \"file:path\"");
      return null;
    }
    return value;
  }

  private static String shown(String name) {
    return SHOWN_NAME.matcher(name).matches() ? name : "in its braces";
  }

  private @Nullable Path resolve(Item item, String text, List<Path> roots) {
    var written = text.substring(FILE.length());
    try {
      var file = environment.root().resolve(written).normalize();
      files.add(file);
      if (!isUnder(file, roots)) {
        item.error(
            "%s leads out of the folder of the configuration".formatted(Item.shown(text)),
            "put the file under that folder and name it from there");
        return null;
      }
      var real = file.toRealPath();
      for (var root : roots) {
        if (Files.exists(root) && real.startsWith(root.toRealPath())) {
          return file;
        }
      }
      item.error(
          "%s is a link that leads out of the folder of the configuration"
              .formatted(Item.shown(text)),
          "put the file itself under that folder");
    } catch (InvalidPathException bad) {
      item.error(Item.shown(text) + " is not a path", "write it like file:secrets/openai");
    } catch (IOException missing) {
      item.error(
          "%s: cannot read the file %s".formatted(item.path(), Item.shown(written)),
          "create it, or correct the path; it is looked for in the folder of the configuration");
    }
    return null;
  }

  private static boolean isUnder(Path file, List<Path> roots) {
    return roots.stream().anyMatch(root -> file.startsWith(root) && !file.equals(root));
  }

  private static @Nullable String content(Item item, Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
        item.error(
            "%s: this is no file of at most 1 MiB".formatted(named(item, file)),
            "name such a file");
        return null;
      }
      return Files.readString(file, UTF_8);
    } catch (IOException unreadable) {
      item.error(
          "%s: cannot read the file as UTF-8 text".formatted(named(item, file)),
          "check its permissions and its content");
      return null;
    }
  }

  private static String named(Item item, Path file) {
    return item.path().isEmpty() ? String.valueOf(file.getFileName()) : item.path();
  }
}
