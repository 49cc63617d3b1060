package io.faregate.admin;

import io.faregate.audit.Document;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// What goes back over HTTP.
record Answer(int status, String contentType, Buffer body) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int OK = 200;

  static Answer json(Document document) {
    return json(OK, document);
  }

  static Answer json(List<Document> documents) {
    return json(OK, documents.stream().map(Document::fields).toList());
  }

  static Answer json(int status, Document document) {
    return json(status, document.fields());
  }

  static Answer html(int status, String page) {
    return new Answer(status, "text/html; charset=utf-8", Buffer.buffer(page));
  }

  static Answer text(String contentType, String text) {
    return new Answer(OK, contentType, Buffer.buffer(text));
  }

  private static Answer json(int status, Object tree) {
    return new Answer(status, "application/json", Buffer.buffer(JSON.writeValueAsBytes(tree)));
  }

  /// The error in JSON, with what happened and what to do.
  static Answer error(AdminException problem) {
    return json(
        problem.status(),
        new Document()
            .put(
                "error",
                new Document()
                    .put("code", problem.code())
                    .put("message", problem.what())
                    .put("next", problem.next())));
  }
}
