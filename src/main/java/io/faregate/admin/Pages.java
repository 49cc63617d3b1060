package io.faregate.admin;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.faregate.audit.Document;

/// Renders pages. The templates of `src/main/jte` are classes by now, and escape all they are
/// given.
final class Pages {
  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(null, ContentType.Html, null, "io.faregate.admin.pages");

  String home(HomePage page) {
    return render("home.jte", page);
  }

  String call(CallPage page) {
    return render("call.jte", page);
  }

  String limits(LimitsPage page) {
    return render("limits.jte", page);
  }

  String error(AdminException problem) {
    return render(
        "error.jte",
        new Document()
            .put("status", problem.status())
            .put("message", problem.what())
            .put("next", problem.next()));
  }

  private String render(String template, Object page) {
    var out = new StringOutput();
    templates.render(template, page, out);
    return out.toString();
  }
}
