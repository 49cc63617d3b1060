package io.faregate.simulator.tongue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaInstanceTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'object','required':['a'],"
            + "'properties':{'a':{'type':'integer','minimum':3},'b':{}}}",
        "{'type':'array','minItems':2,'items':{'enum':['x','y']}}",
        "{'type':'array','minItems':2,'prefixItems':[{'type':'null'}],'items':{'type':'boolean'}}",
        "{'type':['string','null'],'minLength':9}",
        "{'type':'string','maxLength':2}",
        "{'type':'string','format':'date-time'}",
        "{'type':'number','exclusiveMinimum':0,'multipleOf':0.5}",
        "{'type':'integer','maximum':-4,'multipleOf':3}",
        "{'const':{'k':[1]}}",
        "{'anyOf':[{'type':'integer'},{'type':'null'}]}",
        "{'allOf':[{'type':'object','required':['a'],'properties':{'a':{'type':'string'}}},"
            + "{'required':['b'],'properties':{'b':{'type':'boolean'}}}]}",
        "{'$ref':'#/$defs/n','$defs':{'n':{'type':'object','required':['next'],'properties':"
            + "{'next':{'anyOf':[{'type':'null'},{'$ref':'#/$defs/n'}]}}}}}"
      })
  void satisfiesItsSchema(String quoted) {
    String schema = quoted.replace('\'', '"');

    String instance = SchemaInstance.of(Text.JSON.readTree(schema)).toString();

    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(instance, InputFormat.JSON))
        .as(instance)
        .isEmpty();
  }

  @Test
  void givesUpOnASchemaThatNeverEndsOrRefersToNothing() {
    for (String schema :
        new String[] {
          "{\"$ref\":\"#\"}", "{\"$ref\":\"#/$defs/gone\"}", "{\"$ref\":\"other.json\"}"
        }) {
      assertThatThrownBy(() -> SchemaInstance.of(Text.JSON.readTree(schema)))
          .isInstanceOf(Decline.class)
          .hasMessageContaining("Invalid schema");
    }
  }
}
