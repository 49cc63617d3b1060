package io.faregate.dialect.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faregate.dialect.DialectException;
import io.faregate.dialect.translate.Wire.Pair;
import io.faregate.dialect.translate.loss.LossTable;
import io.faregate.dialect.translate.loss.Row;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each field of a body meets the fate that the table tells, and by its name.
class FateTest {
  static List<Pair> pairs() {
    return Pair.all();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void whatIsNotCarriedIsTold(Pair pair) {
    for (var row : LossTable.of(pair.client()).values()) {
      if (row.field().matches("[a-z_]+") && !pair.request().contains("\"" + row.field() + "\"")) {
        meetsItsFate(pair, row);
      }
    }
  }

  private static void meetsItsFate(Pair pair, Row row) {
    var told = with(pair, row.field(), "{\"some\":\"value\"}");
    switch (row.fate(pair.provider())) {
      case REFUSED ->
          assertThatThrownBy(() -> pair.carry(told))
              .isInstanceOf(DialectException.class)
              .hasMessageContaining(
                  row.field()
                      + " cannot be carried to a provider of the kind "
                      + pair.provider().word());
      case DROPPED ->
          assertThat(pair.carry(told).warnings())
              .anyMatch(warning -> warning.startsWith(row.field() + ": dropped"));
      case CHANGED, CARRIED, SAME -> {
        // The goldens show how.
      }
    }
    if (!row.quiet().isEmpty()) {
      var quiet = pair.carry(with(pair, row.field(), row.quiet()));
      assertThat(quiet.warnings()).isEqualTo(pair.carry(pair.request()).warnings());
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void whatNobodyKnowsIsDroppedAndTold(Pair pair) {
    assertThat(pair.carry(with(pair, "brand_new", "true")).warnings())
        .contains("brand_new: dropped, it is not known here");
    assertThat(pair.carry(with(pair, "brand\\nnew\\u00e9", "true")).warnings())
        .contains("a field: dropped, it is not known here");
  }

  private static String with(Pair pair, String field, String value) {
    return pair.request()
        .replaceFirst("\\{", "{ \"" + field.replace("\\", "\\\\") + "\": " + value + ",");
  }
}
