package io.faregate.admin;

import io.faregate.audit.Document;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/// Which policy decides, and what became of the last change of its file.
///
/// @param version a short hash of the policy in force
/// @param zone of the windows of limits, and of what reports mean by "today"
/// @param lastReloadSuccessful false when the file now holds something that was refused
/// @param problems of the last reading, each as `file:line:col: message`
/// @param waiting keys of the file whose changes take effect at the next start
public record PolicyState(
    String version,
    ZoneId zone,
    Instant loadedAt,
    boolean lastReloadSuccessful,
    List<String> problems,
    List<String> waiting) {
  public PolicyState {
    problems = List.copyOf(problems);
    waiting = List.copyOf(waiting);
  }

  Document document() {
    return new Document()
        .put("version", version)
        .put("timezone", zone.getId())
        .time("loaded_at", loadedAt)
        .put("last_reload_successful", lastReloadSuccessful)
        .put("problems", (Object) problems)
        .put("waiting_for_restart", (Object) waiting);
  }
}
