/// The side of OpenAI and Anthropic as providers: prompts written for them, replies read.
@NullMarked
package io.faregate.dialect.translate.provider;

import org.jspecify.annotations.NullMarked;
