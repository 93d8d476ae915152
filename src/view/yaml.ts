import { escapeHidden } from "../core/text.ts";
import type { Json } from "../domain/kinds.ts";

/**
 * One YAML 1.2 document that readers of 1.1 understand alike: `no` and `1_000` stay texts. Texts with signs that a
 * terminal would obey are written in double quotes with escapes, so that the document is the same data and harmless.
 */
export async function yamlText(data: Json): Promise<string> {
  const { Document, Scalar, visit } = await import("yaml");
  const document = new Document(data, { compat: "yaml-1.1", aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value !== "string" || !/[^\x20-\x7e]/.test(node.value)) return;
      if (escapeHidden(JSON.stringify(node.value)).includes("\\")) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return escapeHidden(document.toString({ lineWidth: 0, doubleQuotedAsJSON: true }));
}
