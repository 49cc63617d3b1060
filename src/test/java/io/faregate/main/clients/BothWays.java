package io.faregate.main.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.main.Lab;
import io.faregate.main.SimulatedProviders;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/// The provider `alpha` twice, with the same answers: one is asked directly, the other through
/// Faregate. What a client sees on either way must not differ.
final class BothWays implements AutoCloseable {
  private final SimulatedProviders direct = new SimulatedProviders(List.of("alpha"));
  private final Lab lab;

  /// A way to the models of `alpha`.
  ///
  /// @param url with `/v1`
  /// @param vendor what stands there before the name of a model
  record Way(String url, String vendor) {
    /// The URL without `/v1`.
    String root() {
      return url.substring(0, url.lastIndexOf('/'));
    }

    /// What a model is called there.
    String model(String name) {
      return vendor + name;
    }
  }

  /// @param names of the providers behind Faregate
  BothWays(Path data, List<String> names, String policy) {
    lab = new Lab(data, names, policy);
  }

  /// What it gives through Faregate, which is what it gives directly.
  <T> T same(Function<Way, T> use) {
    var directly = use.apply(new Way(direct.get("alpha").url(), ""));
    var through = use.apply(through());
    assertThat(through).isEqualTo(directly);
    return through;
  }

  /// The way through Faregate.
  Way through() {
    return new Way(lab.url(), "alpha/");
  }

  /// Output tokens on the first line of the bill of `alpha` behind Faregate, once all is quiet.
  long billedOutput() {
    lab.awaitQuiet();
    return lab.bills().getFirst().lines().getFirst().tokens().output();
  }

  @Override
  public void close() {
    lab.close();
    direct.close();
  }
}
