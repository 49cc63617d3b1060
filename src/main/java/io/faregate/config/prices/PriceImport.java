package io.faregate.config.prices;

import io.faregate.call.ModelId;
import io.faregate.config.catalogue.Catalogue;
import io.faregate.config.prices.PlannedRow.Kind;
import io.faregate.money.Price;
import io.faregate.money.PriceList;
import io.faregate.money.ServiceTier;
import io.faregate.policy.Model;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What lists propose for the prices that are known, from a day on. Where two of them disagree on a
/// row, none of them is followed. A change closes a row and opens a new one; no day before is
/// touched, so that it prices the same after any import. Source: FORMULAS §1.3.
public final class PriceImport {
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  private final Catalogue known;
  private final List<PriceSnapshot> lists;
  private final LocalDate day;

  /// Whether that day has not come, so that nobody has seen what holds from it on.
  private final boolean ahead;

  private final List<PlannedRow> rows = new ArrayList<>();
  private final TreeSet<ModelId> disputed = new TreeSet<>(Comparator.comparing(ModelId::toString));

  private PriceImport(Catalogue known, List<PriceSnapshot> lists, Days days) {
    this.known = known;
    this.lists = lists;
    this.day = days.effective();
    this.ahead = day.isAfter(days.today());
  }

  /// The day of an import, and the one from which its changes hold: not before it, or past days
  /// would price differently.
  public record Days(LocalDate today, LocalDate effective) {}

  /// Works out what the lists propose.
  ///
  /// @param known the built-in catalogue with what was laid over it before
  /// @param lists of different formats
  /// @param wanted which models are looked at
  public static PriceImport plan(
      Catalogue known, List<PriceSnapshot> lists, Days days, Predicate<ModelId> wanted) {
    var plan = new PriceImport(known, List.copyOf(lists), days);
    lists.stream()
        .flatMap(list -> list.models().keySet().stream())
        .filter(wanted)
        .distinct()
        .sorted(Comparator.comparing(ModelId::toString))
        .forEach(plan::model);
    return plan;
  }

  /// The rows, by model.
  public List<PlannedRow> rows() {
    return List.copyOf(rows);
  }

  /// Models of which a row was left out because the lists disagree on it.
  public List<ModelId> disputed() {
    return List.copyOf(disputed);
  }

  /// The known models that have a price on the day.
  public Set<ModelId> priced() {
    return PriceView.of("known", known.prices(), day).priced();
  }

  /// Those of them that the lists do not confirm once the chosen rows are written: no list names
  /// them, or something that one says of them is left out.
  public List<ModelId> unconfirmed(List<PlannedRow> chosen) {
    var leftOut =
        rows.stream()
            .filter(row -> row.isWritten() && !chosen.contains(row))
            .map(PlannedRow::model)
            .collect(Collectors.toSet());
    leftOut.addAll(disputed);
    return priced().stream()
        .filter(model ->
            leftOut.contains(model) || lists.stream().allMatch(list -> list.exact(model).isEmpty()))
        .sorted(Comparator.comparing(ModelId::toString))
        .toList();
  }

  /// What is laid over the built-in catalogue once the chosen rows are written.
  ///
  /// @param over what was laid over it before
  /// @param checked the day to which the result says it was checked
  public Catalogue over(Catalogue over, List<PlannedRow> chosen, LocalDate checked) {
    var models = new HashMap<>(over.models());
    var prices = new HashMap<>(over.prices().all());
    var byModel =
        chosen.stream()
            .filter(PlannedRow::isWritten)
            .collect(Collectors.groupingBy(PlannedRow::model));
    byModel.forEach((model, planned) -> {
      models.put(model, facts(model));
      prices.put(model.toString(), rows(model, planned));
    });
    return new Catalogue(models, new PriceList(checked, prices), over.urls());
  }

  private List<Price> rows(ModelId model, List<PlannedRow> planned) {
    var rows = new ArrayList<Price>();
    for (var tier : ServiceTier.values()) {
      var timeline = new Timeline(knownRows(model), tier);
      planned.stream().filter(row -> row.tier() == tier).forEach(row -> timeline.put(row.after()));
      rows.addAll(timeline.rows());
    }
    return rows;
  }

  private Model facts(ModelId model) {
    var facts = known.models().get(model);
    return facts != null
        ? facts
        : lists.stream()
            .flatMap(list -> list.exact(model).stream())
            .map(ListedModel::model)
            .map(listed -> renamed(listed, model))
            .findFirst()
            .orElse(Model.named(model));
  }

  private static Model renamed(Model model, ModelId id) {
    return new Model(
        id, model.windowTokens(), model.maxOutputTokens(), model.can(), model.embedding());
  }

  private List<Price> knownRows(ModelId model) {
    return known.prices().all().getOrDefault(model.toString(), List.of());
  }

  private void model(ModelId model) {
    for (var tier : ServiceTier.values()) {
      var before = new Timeline(knownRows(model), tier);
      var proposals = new ArrayList<Proposal>();
      for (var list : lists) {
        list.exact(model)
            .ifPresent(
                listed -> proposals.add(new Proposal(list, new Timeline(listed.rows(), tier))));
      }
      now(model, before, proposals);
      days(proposals).forEach(from -> later(model, before.on(from).orElse(null), from, proposals));
    }
  }

  private void now(ModelId model, Timeline before, List<Proposal> proposals) {
    var said = said(model, proposals, day);
    if (said == null) {
      return;
    }
    var old = before.on(day).orElse(null);
    if (old == null) {
      rows.add(new PlannedRow(model, Kind.NEW, null, said.row, said.lists));
    } else if (!PriceFields.agree(old, said.row)) {
      var kind = said.seen.isBefore(seen(old.source())) ? Kind.OLDER : Kind.CHANGED;
      rows.add(new PlannedRow(model, kind, old, said.row, said.lists));
    } else if (!PriceFields.of(old).keySet().containsAll(PriceFields.of(said.row).keySet())) {
      var both = dated(PriceFields.union(old, said.row), day, said.row.announced());
      rows.add(new PlannedRow(model, Kind.CHANGED, old, sourced(both, said.source), said.lists));
    } else if (old.announced() != null && !said.seen.isBefore(old.from())) {
      var seen = sourced(dated(old, old.from(), null), said.source);
      rows.add(new PlannedRow(model, Kind.SEEN, old, seen, said.lists));
    }
  }

  /// The days after the one of the import on which lists announce a price.
  private List<LocalDate> days(List<Proposal> proposals) {
    return proposals.stream()
        .flatMap(proposal -> proposal.rows.after(day).stream())
        .map(Price::from)
        .distinct()
        .sorted()
        .toList();
  }

  private void later(ModelId model, @Nullable Price old, LocalDate from, List<Proposal> proposals) {
    var announcing =
        proposals.stream()
            .filter(proposal -> proposal.rows.on(from).map(Price::from).equals(Optional.of(from)))
            .toList();
    var said = said(model, announcing, from);
    if (said == null || (old != null && PriceFields.agree(old, said.row))) {
      return;
    }
    var isOlder = old != null && old.from().equals(from) && said.seen.isBefore(seen(old.source()));
    rows.add(
        new PlannedRow(model, isOlder ? Kind.OLDER : Kind.ANNOUNCED, old, said.row, said.lists));
  }

  /// What the lists say of a day with one voice; null if they say nothing, or disagree.
  private @Nullable Said said(ModelId model, List<Proposal> proposals, LocalDate from) {
    Said said = null;
    for (var proposal : proposals) {
      var row = proposal.rows.on(from).orElse(null);
      if (row == null) {
        continue;
      }
      var own = new Said(row, proposal.list.source(), proposal.list.seen(), 1);
      if (said != null && !PriceFields.agree(said.row, row)) {
        disputed.add(model);
        return null;
      }
      said = said == null ? own : said.with(own);
    }
    return said == null ? null : said.from(from, ahead);
  }

  /// The last day in the text of a source, on which the list of it was seen.
  private static LocalDate seen(String source) {
    return DAY.matcher(source)
        .results()
        .flatMap(found -> day(found.group()))
        .max(Comparator.naturalOrder())
        .orElse(LocalDate.EPOCH);
  }

  private static Stream<LocalDate> day(String text) {
    try {
      return Stream.of(LocalDate.parse(text));
    } catch (DateTimeException none) {
      return Stream.empty();
    }
  }

  /// What a list has for a model and service tier.
  private record Proposal(PriceSnapshot list, Timeline rows) {}

  /// What lists say together.
  ///
  /// @param seen the day on which the newest of them was
  private record Said(Price row, String source, LocalDate seen, int lists) {
    /// Both together; an announcement only if it is one to both.
    Said with(Said other) {
      var both = PriceFields.union(row, other.row);
      var last = seen.isAfter(other.seen) ? seen : other.seen;
      var announced = row.announced() == null || other.row.announced() == null ? null : last;
      return new Said(
          dated(both, both.from(), announced),
          source + "; " + other.source,
          last,
          lists + other.lists);
    }

    /// The same for a row that begins on that day.
    ///
    /// @param ahead whether that is an announcement whatever the lists say
    Said from(LocalDate day, boolean ahead) {
      var opened = dated(row, day, ahead ? seen : row.announced());
      return new Said(sourced(opened, source), source, seen, lists);
    }
  }

  private static Price dated(Price row, LocalDate from, @Nullable LocalDate announced) {
    return new Price(
        row.serviceTier(), row.rates(), row.above(), from, null, row.source(), announced);
  }

  private static Price sourced(Price row, String source) {
    return new Price(
        row.serviceTier(), row.rates(), row.above(), row.from(), null, source, row.announced());
  }
}
