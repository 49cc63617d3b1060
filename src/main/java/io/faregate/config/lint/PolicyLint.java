package io.faregate.config.lint;

import io.faregate.config.yaml.Mapping;
import io.faregate.config.yaml.Problem.Severity;
import io.faregate.policy.Policy;
import io.faregate.policy.lint.Finding;
import io.faregate.policy.lint.Finding.Kind;
import io.faregate.policy.lint.Lint;
import java.time.LocalDate;

/// Says of a file without errors what it hardly means, each at its place.
public final class PolicyLint {
  private PolicyLint() {}

  /// Reports every finding to the problems of the file.
  ///
  /// @param today the UTC day whose prices hold
  public static void report(Mapping file, Policy policy, LocalDate today) {
    for (var finding : Lint.findings(policy, today)) {
      if (isOfTheFile(file, finding)) {
        file.nearest(finding.path())
            .report(
                finding.kind().isNote() ? Severity.NOTE : Severity.WARNING,
                finding.message(),
                finding.fix());
      }
    }
  }

  /// Whether the file has the section: nothing is said of a task or plan that it leaves out and
  /// gets by default.
  private static boolean isOfTheFile(Mapping file, Finding finding) {
    var section = finding.path().replaceFirst("[.\\[].*", "");
    return finding.kind() == Kind.OLD_PRICES || file.has(section);
  }
}
