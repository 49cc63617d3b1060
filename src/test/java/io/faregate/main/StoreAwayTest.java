package io.faregate.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreAwayTest {
  @TempDir private Path data;

  @Test
  void servesCallsWhileTheStoreCannotBeOpenedAndStoresThemLater() throws IOException {
    var blocking = Files.createDirectories(data.resolve(Wiring.LEDGER_FILE));
    try (var lab = new Lab(data, List.of("alpha", "beta"), Lab.POLICY)) {
      var id = lab.ask("Where is it?").headers().firstValue("x-faregate-call").orElseThrow();

      assertThat(Lab.get(lab.adminUrl() + "/readyz").statusCode()).isEqualTo(200);
      var unavailable = Lab.get(lab.adminUrl() + "/api/v1/calls/" + id);
      assertThat(unavailable.statusCode()).isEqualTo(503);
      assertThat(unavailable.body()).contains("faregate_store_unavailable");
      assertThat(Lab.get(lab.adminUrl() + "/api/v1/status").body()).contains("\"failing\":true");

      Files.delete(blocking);
      assertThat(lab.ledger().call(id)).isPresent();
    }
  }
}
