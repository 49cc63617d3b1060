/// Amazon Bedrock Converse as a provider.
@NullMarked
package io.faregate.dialect.bedrock;

import org.jspecify.annotations.NullMarked;
