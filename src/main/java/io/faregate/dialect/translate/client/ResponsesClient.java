package io.faregate.dialect.translate.client;

import io.faregate.call.Api;
import io.faregate.dialect.translate.hub.ClientSide;
import io.faregate.dialect.translate.hub.Prompt;
import io.faregate.dialect.translate.hub.Reply;
import io.faregate.dialect.translate.hub.Said;
import io.faregate.dialect.translate.hub.Terms;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.hub.Trouble;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// Writes OpenAI responses.
public final class ResponsesClient implements ClientSide {
  @Override
  public Prompt prompt(ObjectNode body, Api provider) {
    return ResponsesPrompt.read(body, provider);
  }

  @Override
  public byte[] answer(Reply reply, Terms terms) {
    var items = new ResponsesItems(terms);
    var response = new ResponseBody(terms, reply.id(), reply.model());
    var text = new StringBuilder();
    var thought = new StringBuilder();
    for (var part : reply.content()) {
      switch (part) {
        case Said.Text said -> {
          end(thought, items::thought, response);
          text.append(said.text());
        }
        case Said.Thought silent -> {
          if (!silent.text().isEmpty()) {
            end(text, items::text, response);
            thought.append(silent.text());
          }
        }
        case Said.Call call -> {
          end(thought, items::thought, response);
          end(text, items::text, response);
          response.add(items.call(call.id(), call.name(), call.arguments()));
        }
      }
    }
    end(thought, items::thought, response);
    end(text, items::text, response);
    return Tree.bytes(response.ended(reply.stop(), reply.spent().usage()));
  }

  /// As in a stream, texts that follow each other are one item, and so are thoughts.
  private static void end(
      StringBuilder said, Function<String, ObjectNode> item, ResponseBody response) {
    if (!said.isEmpty()) {
      response.add(item.apply(said.toString()));
      said.setLength(0);
    }
  }

  @Override
  public PieceWriter stream(Terms terms) {
    return new ResponsesPieces(terms);
  }

  @Override
  public byte[] error(Trouble trouble) {
    return OpenAiWords.error(trouble);
  }

  @Override
  public int status(Trouble trouble) {
    return OpenAiWords.status(trouble);
  }
}
